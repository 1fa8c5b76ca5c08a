import type { WarningTexts } from '../codeText.ts'

/** What can be odd about an event, and how to mend it, in Simplified Chinese. */
export const zhHans: WarningTexts = {
  duplicate_event: {
    title: '正文相同的同一事件此前已到达；只计一次。',
    remedy: '如果是播放器重发未得到响应的内容，则无妨；否则请查找注册了两次的监听器。',
  },
  start_repeated: {
    title: '同一客户端在最近一分钟内发送过相同的 sessionStart，且其会话尚无事件：已返回该会话，只计一次。',
    remedy: '第一次请求的响应丢失或延迟。若经常出现，请检查网络以及播放器等待响应的时间。',
  },
  event_before_start: {
    title: '按 ts 计，此事件早于其会话的开始，没有改变任何内容。',
    remedy: '请在播放结束时清空事件队列：这些事件似乎属于更早的播放。',
  },
  event_after_close: {
    title: '此事件在会话结束之后到达，或发生在其 sessionEnd 之后，没有改变任何内容。',
    remedy: 'sessionEnd 之后不要再发送；超时之后，请打开新会话并将 media.resume 设为 true。',
  },
  clock_offset: {
    title:
      '设备时钟偏差超过五分钟：开始事件的 ts 与其到达时间相差这么多，或下载会话的列表在上传之后这么久才结束。',
    remedy: '时长仍然正确。可能是设备时钟不准，也可能是开始事件在队列中等待过。',
  },
  clock_backwards: {
    title: '此事件的 ts 比之前的时间早这么多：事件到达较晚，或设备时钟被调回。',
    remedy:
      '请在事件发生时从会话期间不会被调整的时钟取 ts。时钟被调回后，先按两次到达之间的时间计一次，之后按新时钟计时。',
  },
  clock_forwards: {
    title:
      '按设备时钟，经过的时间比服务器所见多出这么多。长于空闲超时的间隔不计入，使会话超出其事件到达范围加上该超时的时间也不计入。',
    remedy:
      '请从会话期间不会被调整的时钟取 ts，或在时钟被调整、设备唤醒后打开新会话。在队列中等待且中间有间隔的事件也会如此。',
  },
  equal_ts: {
    title: '此事件的 ts 与前一个相同；同一时刻的事件按嵌套顺序处理：先结束的，再开始的，后播放的。',
    remedy: '媒体 SDK 也会这样，不影响任何数字。需要固定顺序时，请加一毫秒。',
  },
  ping_gap: {
    title: '距前一个事件超过 90 秒；全部计入当时正在进行的内容。',
    remedy: '每 10 秒发送一次 ping，暂停时也要发送。休眠的设备和后台标签页会留下这样的间隔。',
  },
  play_missing: {
    title: '播放位置在没有 play 的情况下前进（在开头，或在暂停、缓冲之后）：这段时间不计为播放。',
    remedy: '正片开始播放时（包括自动播放）以及每次继续播放时，请发送 play。',
  },
  length_too_long: {
    title: '时长超过一周：似乎是毫秒，或是时间戳。各项数字仍按发送的值计算。',
    remedy: 'media.length、media.ad.length 和 media.chapter.length 请以秒发送；时长未知的直播发送 86400。',
  },
  playhead_beyond_length: {
    title: '播放位置超过了 media.length。',
    remedy: '两者都是正片的秒数，不含广告。请检查时长，以及播放位置计的是什么。',
  },
  playhead_in_milliseconds: {
    title: '播放位置超过 media.length 的十倍：似乎是毫秒。',
    remedy: '播放位置以秒为单位，可带小数；只有 ts 以毫秒为单位。',
  },
  playhead_in_unix_time: {
    title: '直播内容的播放位置是 Unix 时间：移动按原值判断，位置取当天的秒数。',
    remedy: '请发送 UTC 零点以来的秒数。',
  },
  playhead_leap: {
    title: '内容播放期间，播放位置向前或向后跳转；只有播放过的部分计为看过。',
    remedy: '请通知拖动：开始时发送 pauseStart，完成时发送 play。',
  },
  playhead_stuck: {
    title: '内容声称正在播放，但播放位置在三个事件中没有移动：这是卡顿。',
    remedy: '播放器等待数据时请发送 bufferStart，观众暂停时请发送 pauseStart。',
  },
  stall_limit: {
    title: '播放头静止的两秒内到达了超过 100 个事件或 16 个章节：这段时间计为播放。',
    remedy: '每 10 秒发送一次 ping，其他事件在发生时发送：请检查播放器中的循环。',
  },
  complete_twice: {
    title: '会话此前已完成；只计一次。',
    remedy: '正片看到结尾时，请发送一次 sessionComplete。',
  },
  ad_outside_break: {
    title: '广告在广告时段之外开始：不算广告，其时间计为正片。',
    remedy:
      '请在第一个广告之前发送 adBreakStart，在最后一个广告之后发送 adBreakComplete，只有一个广告时也是如此。',
  },
  ad_not_ended: {
    title: '广告不是以 adComplete 或 adSkip 结束，或没有结束；不计为完成。',
    remedy: '广告看到结尾时请发送 adComplete，中途离开时请发送 adSkip。',
  },
  ad_never_ended: {
    title: '广告打开的时间已超过其时长，此后播放位置又前进了 10 秒以上：内容似乎在播放，却计为广告。',
    remedy: '广告结束时（包括失败时）请发送 adComplete、adSkip 或 adBreakComplete。',
  },
  ad_end_without_ad: {
    title: '收到广告结束，但没有打开的广告；没有改变任何内容。',
    remedy: '广告开始时请发送 adStart；请确认播放器没有结束两次。',
  },
  ad_id_empty: {
    title: '广告没有 ID：按广告的报告不包含它。',
    remedy: '请将 media.ad.id 设为广告服务器中该广告的 ID。',
  },
  break_not_ended: {
    title: '下一个广告时段开始或会话结束时，广告时段仍未结束；其中的广告照常计入。',
    remedy: '广告时段的最后一个广告结束时，请发送 adBreakComplete。',
  },
  break_end_without_break: {
    title: '收到广告时段结束，但没有打开的广告时段；没有改变任何内容。',
    remedy: '广告时段开始时请发送 adBreakStart；请确认播放器没有结束两次。',
  },
  chapter_not_ended: {
    title: '下一个章节开始或会话结束时，章节仍未结束；不计为完成。',
    remedy: '章节看到结尾时请发送 chapterComplete，中途离开时请发送 chapterSkip。章节不能重叠。',
  },
  chapter_end_without_chapter: {
    title: '收到章节结束，但没有打开的章节；没有改变任何内容。',
    remedy: '章节开始时请发送 chapterStart；请确认播放器没有结束两次。',
  },
  bitrate_in_bps: {
    title: '比特率高于 100000（音频高于 10000）：应为千比特每秒，此值似乎是比特每秒。不予采用。',
    remedy: '请除以 1000。',
  },
  bitrate_missing: {
    title: 'bitrateChange 中没有码率：计为一次变化，码率保持不变。',
    remedy: '请将新值放入 qoeData 的 media.qoe.bitrate。',
  },
  time_to_start_in_seconds: { title: '起播时长小于 50：按毫秒读取，似乎是秒。', remedy: '请乘以 1000。' },
  time_to_start_too_long: {
    title: '启动时间比会话已持续的时间长一分钟以上；不予采用。',
    remedy: '请发送从观众操作到首帧画面的毫秒数，而不是时间戳或后台页面的存在时间。',
  },
  quality_out_of_range: {
    title: '某个质量值低于 0，或超出播放器可测量的范围；不予采用。',
    remedy: '在得知数值之前不要发送。每秒帧数最多 1000，丢帧数最多 100000000。',
  },
  error_without_id: {
    title: '错误没有 ID：计入，但无法得知是哪个错误。',
    remedy: '请放入 params 的 media.errorId，或 qoeData 的 media.qoe.errorID。',
  },
  error_limit: {
    title: '会话中已有 100 个不同的错误 ID，或其总量达到 8 KB：错误计入，其 ID 不列出。',
    remedy: '请命名错误的种类；ID 中含有变化的部分（时间、地址）时，每次都会成为新的 ID。',
  },
  part_limit: {
    title: '会话中已有 10,000 个广告或 10,000 个章节：此项计入会话，但不单独报告。',
    remedy: '一天之内容不下这么多：请检查播放器中不断开始广告或章节的循环。',
  },
  text_clipped: {
    title: '文本过长，或事件的文本总量超过会话所保留的范围：报告显示开头部分，存档中有完整内容。',
    remedy: '请将文本保持在 1,024 字节以内，一个开始的全部文本在 32 KB 以内，广告或章节的在 4 KB 以内。',
  },
  warning_limit: {
    title: '会话中已有 1,000 条警告：之后的警告被省略。',
    remedy: '请修正最先的警告所指出的问题。`POST /reporting/v1/validate` 会说明一个事件的全部问题。',
  },
  state_limit: {
    title: '会话中已有十个不同的播放器状态；此状态被忽略。',
    remedy: '请只命名重要的状态；名称中含有变化的部分时，每次都会成为新的状态。',
  },
  state_end_without_start: {
    title: '结束了一个未开启的播放器状态；没有改变任何内容。',
    remedy: '播放器进入某个状态时请发送 stateStart；新会话开始时所有状态均为关闭。',
  },
  content_id_empty: {
    title: '会话没有内容 ID：按内容的报告不包含它。',
    remedy: '请将 media.id 设为目录中该内容的 ID。',
  },
}
