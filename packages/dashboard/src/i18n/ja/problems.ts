import type { ProblemTexts } from '../codeText.ts'

/** What a request is refused for, and how to mend it, in Japanese. */
export const ja: ProblemTexts = {
  body_not_object: {
    title: '本文がオブジェクトではありません',
    remedy: '1 回のリクエストで、1 つのイベントを JSON オブジェクトとして送ってください。',
  },
  missing_member: {
    title: '必須の項目がありません',
    remedy:
      '項目を追加してください。送っているはずなら、名前の誤りを確認してください。ポリシー lenient で必須なのは eventType と playerTime だけです。',
  },
  unknown_member: {
    title: '存在しない項目です',
    remedy: 'パラメーターは params に、独自のデータは customMetadata に移すか、名前を直してください。',
  },
  unknown_key: {
    title: 'このイベントにはないキーです',
    remedy:
      'キーを直すか、そのキーを持つイベントに移すか、customMetadata で送ってください。ポリシー documented と lenient では、このようなキーも受け付けて保存します。',
  },
  wrong_type: {
    title: '値の型が違います',
    remedy: '仕様どおりの型で送ってください。値がない項目は null を送らず、省いてください。',
  },
  number_not_finite: {
    title: '数値が大きすぎます',
    remedy: 'プレーヤー内のオーバーフロー（多くはゼロ除算）を探し、直るまでその値を省いてください。',
  },
  value_not_allowed: {
    title: '許可されていない値です',
    remedy: '「期待値」に示された値のいずれかを送ってください。',
  },
  unknown_event_type: {
    title: '存在しないイベントタイプです',
    remedy:
      '「期待値」の一覧にある名前を使ってください。バッファリング、シーク、再生停滞の終わりは play です。',
  },
  event_type_not_allowed: {
    title: 'このイベントタイプの送り先が違います',
    remedy:
      'sessionStart は /api/v1/sessions に、以降のイベントは /api/v1/sessions/{sid}/events に送ってください。',
  },
  ts_seconds: {
    title: 'タイムスタンプがミリ秒ではありません',
    remedy:
      '1970-01-01 UTC からのミリ秒を送ってください。JavaScript では Date.now()、それ以外では秒の 1000 倍です。',
  },
  ts_too_large: {
    title: 'タイムスタンプが大きすぎます',
    remedy: '1970-01-01 UTC からのミリ秒を送ってください。',
  },
  playhead_out_of_range: {
    title: '再生位置がコンテンツの範囲外です',
    remedy:
      '秒で送ってください。録画コンテンツでは再生位置、ライブでは 1 日の中の秒（UTC）です。media.length と media.contentType を確認してください。',
  },
  metadata_key_invalid: {
    title: 'メタデータのキーに使えない文字があります',
    remedy: '使えない文字を、アンダースコアなどに置き換えてください。',
  },
  state_name_invalid: {
    title: 'プレーヤーの状態の名前が正しくありません',
    remedy:
      '標準の名前（fullScreen、mute、closedCaptioning、pictureInPicture、inFocus）を使うか、独自の名前を短くし、使えない文字を除いてください。',
  },
  states_empty: {
    title: '状態が一つもない statesUpdate です',
    remedy: '変化した状態をリストに入れるか、イベントを送らないでください。',
  },
  downloaded_needs_array: {
    title: 'ダウンロードしたコンテンツは配列で送ります',
    remedy:
      '視聴者がオンラインの間は media.downloaded を省くか、false を送ってください。ダウンロードしたセッションは、イベントのリストとして全体を一度に送ってください。',
  },
  body_not_array: {
    title: 'ダウンロードしたセッションはリストです',
    remedy: 'セッションの全イベントを、sessionStart を先頭とする一つの配列で送ってください。',
  },
  download_empty: {
    title: 'イベントのリストが空です',
    remedy: 'セッションの全イベントを、sessionStart を先頭とする一つの配列で送ってください。',
  },
  download_not_flagged: {
    title: 'ダウンロードしたセッションと示されていないリストです',
    remedy: 'media.downloaded を true にするか、配列を `/api/v1/downloaded` に送ってください。',
  },
  body_empty: { title: '本文がありません', remedy: 'イベントを JSON として POST の本文で送ってください。' },
  body_not_json: {
    title: '本文が JSON ではありません',
    remedy: '本文は JSON ライブラリに書かせてください。',
  },
  body_not_utf8: { title: '本文が UTF-8 ではありません', remedy: '本文を UTF-8 で符号化してください。' },
  body_too_deep: {
    title: '本文の入れ子が深すぎます',
    remedy: '値は平らに送ってください。params、qoeData、customMetadata は 1 階層です。',
  },
  keys_too_many: {
    title: 'オブジェクトのキーが多すぎます',
    remedy: 'レポートに使うものだけを送ってください。変化する値から作ったキーは、値にしてください。',
  },
  key_too_long: {
    title: 'キーが長すぎます',
    remedy: '短くしてください。文章や URL を含むキーは、値にすべきもののようです。',
  },
  text_too_long: {
    title: '文字列が長すぎます',
    remedy: '短くするか、省いてください。画像や文書はレポートに使う値ではありません。',
  },
  key_repeated: {
    title: 'オブジェクトに同じキーが二つあります',
    remedy:
      '各キーは一度だけ送ってください。JSON ライブラリならそうなります。手作業で組み立てた文字列がないか確認してください。',
  },
  body_too_large: {
    title: '本文が大きすぎます',
    remedy: 'customMetadata を減らしてください。サーバーの管理者は上限を引き上げられます。',
  },
  encoding_unsupported: {
    title: '本文が対応していない方法で圧縮されています',
    remedy:
      '本文は gzip、deflate、br のいずれかで一度だけ圧縮するか、Content-Encoding なしで送信してください。',
  },
  encoding_broken: {
    title: '圧縮された本文が壊れています',
    remedy: '本文全体を Content-Encoding が示す方法で圧縮するか、Content-Encoding なしで送信してください。',
  },
  events_too_many: {
    title: '一覧のイベントが多すぎます',
    remedy: 'セッションごとに 1 つの一覧を送り、プレーヤーのループを探してください。',
  },
  session_unknown: {
    title: 'セッションが見つかりません',
    remedy:
      'sessionStart で新しいセッションを開き、イベントをそこへ送ってください。ID は Location ヘッダーのものをそのまま使ってください。',
  },
  session_closed: {
    title: 'セッションは終了しています',
    remedy:
      'sessionStart で新しいセッションを開いてください。視聴の続きなら media.resume を true にしてください。',
  },
  session_too_long: {
    title: 'セッションのイベントが多すぎます',
    remedy:
      'sessionStart と media.resume true で新しいセッションを開き、プレーヤーのループを探してください。',
  },
  org_not_allowed: {
    title: 'この組織は受け付けていません',
    remedy: 'ID を直すか、サーバーの管理者が `PLAYHEAD_COLLECT_ORG_IDS` に追加してください。',
  },
  report_suite_not_allowed: {
    title: 'このレポートスイートは受け付けていません',
    remedy: '名前を直すか、サーバーの管理者が `PLAYHEAD_COLLECT_REPORT_SUITES` に追加してください。',
  },
  origin_not_allowed: {
    title: 'このオリジンのページは受け付けていません',
    remedy: 'サーバーの管理者が、ページのオリジンを `PLAYHEAD_COLLECT_ORIGINS` に追加してください。',
  },
  token_missing: {
    title: 'トークンが必要です',
    remedy: '`Authorization: Bearer TOKEN` を送るか、ダッシュボードでサインインしてください。',
  },
  token_invalid: {
    title: 'トークンが無効です',
    remedy: 'サーバーの管理者にトークンを求めてください。`playhead token list` で一覧できます。',
  },
  tokens_too_many: {
    title: '誤ったトークンが多すぎます',
    remedy: '古いトークンを送り続けているものを探し、`Retry-After` の時間だけ待ってください。',
  },
  scope_insufficient: {
    title: 'トークンの権限が足りません',
    remedy: 'すべてのレポートスイートを対象とするトークンを使ってください。',
  },
  path_unknown: {
    title: 'このパスには何もありません',
    remedy: 'パスを API リファレンスと比べてください。ベースパスは両側で設定する必要があります。',
  },
  method_not_allowed: {
    title: 'ここでは使えないメソッドです',
    remedy: '応答の Allow ヘッダーにあるメソッドを使ってください。',
  },
  schema_unknown: {
    title: 'そのスキーマはありません',
    remedy: 'リファレンスにあるイベントタイプを指定してください。',
  },
  query_invalid: {
    title: 'クエリパラメーターが正しくありません',
    remedy: 'メッセージが示すパラメーターを直してください。',
  },
  report_id_unknown: {
    title: 'その指標、ディメンション、セグメントはありません',
    remedy: '`GET /reporting/v1/catalog` の ID を使ってください。',
  },
  report_mismatch: {
    title: '組み合わせられないものが指定されています',
    remedy: 'どちらかを外すか、二つのレポートに分けてください。',
  },
  range_invalid: {
    title: '期間が正しくありません',
    remedy: 'ポインターが示す箇所を直すか、区間を長くしてください。',
  },
  report_too_large: {
    title: 'レポートが大きすぎます',
    remedy:
      '期間を短くする、ディメンションを減らす、フィルターを加える、上限を下げる、のいずれかを行ってください。',
  },
  report_timeout: {
    title: 'レポートに時間がかかりすぎます',
    remedy:
      '期間を短くするかディメンションを減らしてください。または、サーバーが空いているときにもう一度試してください。',
  },
  reports_too_many: {
    title: '同時に要求されたレポートが多すぎます',
    remedy: '先に要求したレポートの応答を待ってから、もう一度試してください。',
  },
  request_malformed: {
    title: 'リクエストが HTTP として読み取れません',
    remedy: 'プレーヤーとサーバーの間を調べてください。リクエストが壊れたか、途中で切れています。',
  },
  rate_exceeded: {
    title: 'リクエストが多すぎます',
    remedy:
      'プレーヤーにループがないか確認してください。プロキシの背後では、サーバーにプロキシを信頼させてください。そうしないと全プレーヤーが一つのクライアントと見なされます。サーバーの管理者は上限を引き上げられます。',
  },
  sessions_too_many: {
    title: '開いているセッションが多すぎます',
    remedy:
      '後でもう一度始めてください。サーバーの管理者は、メモリーに余裕があれば上限を引き上げるか、負荷を分散できます。',
  },
  memory_short: {
    title: 'メモリーが不足しています',
    remedy: '後でもう一度始めてください。サーバーの管理者は、割り当てられたメモリーを確認してください。',
  },
  server_busy: {
    title: 'サーバーが混み合っています',
    remedy: '後でもう一度、本文を途切れさせずに送ってください。サーバーのディスクが遅いのかもしれません。',
  },
  connections_too_many: {
    title: '接続が多すぎます',
    remedy: '後で接続し直してください。多数ではなく、一つの接続を保ってください。',
  },
  log_unavailable: {
    title: '現在、イベントを保存できません',
    remedy: '後でもう一度送ってください。サーバーの管理者は、ディスクとログ出力を確認してください。',
  },
  log_full: {
    title: '現在、イベントを保存する空きがありません',
    remedy:
      '後でもう一度送ってください。空きができれば、サーバーは自動的に受け付けを再開します。サーバーの管理者は、ディスクとストアを確認してください。',
  },
  store_unavailable: {
    title: '現在、レポートを読み取れません',
    remedy: '少し待ってからもう一度試してください。ストアの状態は `/readyz` で分かります。',
  },
  listeners_too_many: {
    title: 'ライブビューを見ている人が多すぎます',
    remedy: '誰も見ていないダッシュボードを閉じて、もう一度試してください。',
  },
  internal: {
    title: 'サーバーで障害が起きました',
    remedy: '後でもう一度送り、続くようなら報告してください。',
  },
}
