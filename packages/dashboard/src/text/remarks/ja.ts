import type { RemarkTexts } from '../codeText.ts'

/** What can be odd about an event, and how to mend it, in Japanese. */
export const ja: RemarkTexts = {
  duplicate_event: {
    title: '同じ本文の同じイベントがすでに届いていました。一度だけ数えました。',
    remedy:
      '応答のなかったものをプレーヤーが送り直したのなら問題ありません。そうでなければ、二重に登録されたリスナーを探してください。',
  },
  event_before_start: {
    title: 'ts によればセッションの開始より前のイベントで、何も変えませんでした。',
    remedy: '再生の終了時にイベントのキューを空にしてください。前の再生のイベントのようです。',
  },
  event_after_close: {
    title: 'セッションの終了後に届いたか、sessionEnd より後に起きたイベントで、何も変えませんでした。',
    remedy:
      'sessionEnd の後には何も送らないでください。タイムアウトの後は、media.resume を true にして新しいセッションを開いてください。',
  },
  clock_offset: {
    title: '開始の ts が、到着時刻から 5 分以上離れています。',
    remedy: 'それでも長さは正確です。端末の時計が誤っているか、開始がキューで待たされました。',
  },
  clock_backwards: {
    title: 'ts が直前のイベントより前です。その間の時間は数えませんでした。',
    remedy:
      'ts はイベントが起きた時点で取得してください。端末の時計が戻された場合や、大きく遅れて届いた場合にもこうなります。',
  },
  clock_forwards: {
    title:
      '端末の時計では、サーバーが見た時間より 5 分以上長く経過しています。その時間は、そのとき行われていたことに加算しました。',
    remedy:
      'セッション中に変更されない時計から ts を取得するか、時計が変更されたら新しいセッションを開いてください。間隔を置いてキューで待たされたイベントもこうなります。',
  },
  equal_ts: {
    title: '直前のイベントと同じ ts です。届いた順に処理しました。',
    remedy:
      'メディア SDK も同様のことを行い、数値への影響はありません。ただし、同時に進行する二つのリクエストは逆の順に届くことがあります。1 ミリ秒を足してください。',
  },
  ping_gap: {
    title:
      '直前のイベントから 90 秒以上経過しました。その時間はすべて、そのとき行われていたことに加算しました。',
    remedy:
      '一時停止中も、10 秒ごとに ping を送ってください。スリープした端末や背後のタブでは、このような間隔が生じます。',
  },
  play_missing: {
    title:
      '最初、または一時停止やバッファリングの後に、play がないまま再生位置が進みました。この時間は再生として数えません。',
    remedy: '本編の再生が始まるとき（自動再生を含む）と、再開するたびに play を送ってください。',
  },
  playhead_beyond_length: {
    title: '再生位置が media.length を超えました。',
    remedy: 'どちらも広告を除く本編の秒数です。長さと、再生位置が何を数えているかを確認してください。',
  },
  playhead_in_milliseconds: {
    title: '再生位置が media.length の 10 倍を超えています。ミリ秒のようです。',
    remedy: '再生位置は秒です（小数も可）。ミリ秒なのは ts だけです。',
  },
  playhead_leap: {
    title: 'コンテンツの再生中に再生位置が前または後ろへ飛びました。再生された部分だけを視聴と数えます。',
    remedy: 'シークを通知してください。始まりに pauseStart、終わりに play です。',
  },
  playhead_stuck: {
    title: '再生中とされているのに、3 つのイベントの間、再生位置が動きませんでした。再生停滞です。',
    remedy: 'データ待ちのときは bufferStart を、視聴者が一時停止したときは pauseStart を送ってください。',
  },
  complete_twice: {
    title: 'セッションはすでに完了していました。一度だけ数えます。',
    remedy: 'sessionComplete は、本編が最後まで視聴されたときに一度だけ送ってください。',
  },
  ad_outside_break: {
    title: '広告枠の外で広告が始まりました。広告とは見なさず、その時間は本編になります。',
    remedy:
      '広告が一つだけでも、最初の広告の前に adBreakStart、最後の広告の後に adBreakComplete を送ってください。',
  },
  ad_not_ended: {
    title:
      '広告が adComplete でも adSkip でもないもので終わったか、終わりがありませんでした。完了とは数えません。',
    remedy: '広告が最後まで視聴されたら adComplete を、途中で離れたら adSkip を送ってください。',
  },
  ad_end_without_ad: {
    title: '広告の終了が届きましたが、始まった広告がありませんでした。何も変わりません。',
    remedy:
      '広告が始まるときに adStart を送ってください。プレーヤーが二度終了させていないか確認してください。',
  },
  ad_id_empty: {
    title: '広告に ID がありません。広告別のレポートから除かれます。',
    remedy: '広告サーバーでの広告の ID を media.ad.id に設定してください。',
  },
  break_not_ended: {
    title: '次の広告枠の開始時またはセッションの終了時に、広告枠が開いたままでした。その中の広告は数えます。',
    remedy: '広告枠の最後の広告が終わったら adBreakComplete を送ってください。',
  },
  break_end_without_break: {
    title: '広告枠の終了が届きましたが、開いている広告枠がありませんでした。何も変わりません。',
    remedy:
      '広告枠が始まるときに adBreakStart を送ってください。プレーヤーが二度終了させていないか確認してください。',
  },
  chapter_not_ended: {
    title:
      '次のチャプターの開始時またはセッションの終了時に、チャプターが開いたままでした。完了とは数えません。',
    remedy:
      'チャプターが最後まで視聴されたら chapterComplete を、途中で離れたら chapterSkip を送ってください。チャプターは重ねられません。',
  },
  chapter_end_without_chapter: {
    title: 'チャプターの終了が届きましたが、開いているチャプターがありませんでした。何も変わりません。',
    remedy:
      'チャプターが始まるときに chapterStart を送ってください。プレーヤーが二度終了させていないか確認してください。',
  },
  bitrate_in_bps: {
    title:
      'ビットレートが 100000（音声では 10000）を超えています。毎秒キロビットとして扱いますが、ビットのようです。',
    remedy: '1000 で割ってください。',
  },
  bitrate_missing: {
    title: 'ビットレートのない bitrateChange です。変更として数え、ビットレートは元のままです。',
    remedy: '新しい値を qoeData の media.qoe.bitrate に入れてください。',
  },
  time_to_start_in_seconds: {
    title: '起動時間が 50 未満です。ミリ秒として扱いますが、秒のようです。',
    remedy: '1000 を掛けてください。',
  },
  error_without_id: {
    title: 'ID のないエラーです。数えますが、どのエラーかは分かりません。',
    remedy: 'params の media.errorId か、qoeData の media.qoe.errorID に入れてください。',
  },
  state_limit: {
    title: 'セッションにはすでに 10 種類のプレーヤーの状態がありました。これは除かれます。',
    remedy:
      '必要な状態だけに名前を付けてください。名前に変化する部分があると、そのたびに別の状態になります。',
  },
  state_end_without_start: {
    title: '始まっていないプレーヤーの状態の終了が届きました。何も変わりません。',
    remedy:
      '状態に入るときに stateStart を送ってください。新しいセッションは、どの状態でもないところから始まります。',
  },
  content_id_empty: {
    title: 'セッションにコンテンツ ID がありません。コンテンツ別のレポートから除かれます。',
    remedy: 'カタログでのコンテンツの ID を media.id に設定してください。',
  },
}
