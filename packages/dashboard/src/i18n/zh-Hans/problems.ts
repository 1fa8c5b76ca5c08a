import type { ProblemTexts } from '../codeText.ts'

/** What a request is refused for, and how to mend it, in Simplified Chinese. */
export const zhHans: ProblemTexts = {
  body_not_object: { title: '请求正文不是对象', remedy: '每个请求发送一个事件，格式为 JSON 对象。' },
  missing_member: {
    title: '缺少必需的成员',
    remedy: '请补上；如果确信已发送，请检查拼写。在 lenient 策略下，只有 eventType 和 playerTime 是必需的。',
  },
  unknown_member: {
    title: '成员不存在',
    remedy: '把参数移到 params，把自有数据移到 customMetadata，或更正名称。',
  },
  unknown_key: {
    title: '此事件没有这个键',
    remedy:
      '请更正，移到拥有它的事件，或放在 customMetadata 中发送。documented 和 lenient 策略会接受并保留这类键。',
  },
  wrong_type: { title: '值的类型不对', remedy: '请发送文档规定的类型。没有值的成员请省略，不要发送 null。' },
  number_not_finite: {
    title: '数值过大',
    remedy: '请查找播放器中的溢出（常见为除以零），修复之前请省略该值。',
  },
  value_not_allowed: { title: '不允许的值', remedy: '请发送“应为”中列出的值之一。' },
  unknown_event_type: {
    title: '事件类型不存在',
    remedy: '请使用“应为”列表中的名称。缓冲、拖动或卡顿的结束是 play。',
  },
  event_type_not_allowed: {
    title: '此事件类型属于另一个端点',
    remedy: '请将 sessionStart 发送到 /api/v1/sessions，后续事件发送到 /api/v1/sessions/{sid}/events。',
  },
  ts_seconds: {
    title: '时间戳不是毫秒',
    remedy: '请发送自 1970-01-01 UTC 起的毫秒数：JavaScript 中为 Date.now()，其他语言为秒数乘以 1000。',
  },
  ts_too_large: { title: '时间戳过大', remedy: '请发送自 1970-01-01 UTC 起的毫秒数。' },
  playhead_out_of_range: {
    title: '播放位置超出内容范围',
    remedy:
      '请以秒发送：录制内容为播放位置，直播内容为当天的第几秒（UTC）。请检查 media.length 和 media.contentType。',
  },
  metadata_key_invalid: { title: '元数据的键含有不允许的字符', remedy: '请替换其他字符，例如用下划线。' },
  state_name_invalid: {
    title: '播放器状态的名称无效',
    remedy:
      '请使用标准名称（fullScreen、mute、closedCaptioning、pictureInPicture、inFocus），或缩短并清理自定义名称。',
  },
  states_empty: {
    title: 'statesUpdate 中没有任何状态',
    remedy: '请把发生变化的状态放入列表，否则不要发送此事件。',
  },
  downloaded_needs_array: {
    title: '下载的内容需要数组',
    remedy: '观众在线时请省略 media.downloaded（或发送 false）。下载会话请以事件列表的形式整体发送。',
  },
  body_not_array: {
    title: '下载会话应为列表',
    remedy: '请将会话的全部事件放在一个数组中发送，sessionStart 在最前。',
  },
  download_empty: {
    title: '事件列表为空',
    remedy: '请将会话的全部事件放在一个数组中发送，sessionStart 在最前。',
  },
  download_not_flagged: {
    title: '列表未标明为下载会话',
    remedy: '请将 media.downloaded 设为 true，或将数组发送到 `/api/v1/downloaded`。',
  },
  body_empty: { title: '没有请求正文', remedy: '请在 POST 的正文中以 JSON 发送事件。' },
  body_not_json: { title: '请求正文不是 JSON', remedy: '请用 JSON 库生成正文。' },
  body_not_utf8: { title: '请求正文不是 UTF-8', remedy: '请用 UTF-8 编码正文。' },
  body_too_deep: {
    title: '请求正文嵌套过深',
    remedy: '请发送平铺的值：params、qoeData 和 customMetadata 只有一层。',
  },
  keys_too_many: { title: '对象的键过多', remedy: '请只发送报告所需的内容。由变化的值构成的键应改为值。' },
  key_too_long: { title: '键过长', remedy: '请缩短。含有文本或 URL 的键看起来应是值。' },
  text_too_long: { title: '文本过长', remedy: '请缩短或省略：图片或文档不是报告所用的值。' },
  key_repeated: {
    title: '对象中有两个相同的键',
    remedy: '每个键只发送一次。JSON 库会保证这一点；请查找手工拼接的文本。',
  },
  body_too_large: { title: '请求正文过大', remedy: '请缩减 customMetadata；服务器管理员可以提高上限。' },
  encoding_unsupported: {
    title: '请求正文的压缩方式不受支持',
    remedy: '请用 gzip、deflate 或 br 将正文压缩一次，或不带 Content-Encoding 发送。',
  },
  encoding_broken: {
    title: '压缩的请求正文已损坏',
    remedy: '请按 Content-Encoding 所示的方式压缩整个正文，或不带 Content-Encoding 发送。',
  },
  events_too_many: {
    title: '列表中的事件过多',
    remedy: '请为每个会话发送一个列表，并检查播放器中的循环。',
  },
  session_unknown: {
    title: '会话未知',
    remedy: '请用 sessionStart 打开新会话并向其发送事件。ID 请原样取自 Location 标头。',
  },
  session_closed: {
    title: '会话已结束',
    remedy: '请用 sessionStart 打开新会话；观众继续观看时，将 media.resume 设为 true。',
  },
  session_too_long: {
    title: '会话中的事件过多',
    remedy: '请用 sessionStart 打开新会话，将 media.resume 设为 true，并检查播放器中的循环。',
  },
  org_not_allowed: {
    title: '此服务器不接受该组织',
    remedy: '请更正 ID；或由服务器管理员将其加入 `PLAYHEAD_COLLECT_ORG_IDS`。',
  },
  report_suite_not_allowed: {
    title: '此服务器不接受该报告包',
    remedy: '请更正名称；或由服务器管理员将其加入 `PLAYHEAD_COLLECT_REPORT_SUITES`。',
  },
  origin_not_allowed: {
    title: '此服务器不接受该来源的页面',
    remedy: '请由服务器管理员将页面的来源加入 `PLAYHEAD_COLLECT_ORIGINS`。',
  },
  token_missing: { title: '需要令牌', remedy: '请发送 `Authorization: Bearer TOKEN`，或在仪表板上登录。' },
  token_invalid: {
    title: '令牌无效',
    remedy: '请向服务器管理员索取令牌：`playhead token list` 会列出现有的令牌。',
  },
  tokens_too_many: {
    title: '错误的令牌过多',
    remedy: '请查找仍在发送旧令牌的程序，并按 `Retry-After` 的时间等待。',
  },
  scope_insufficient: { title: '令牌的权限不足', remedy: '请使用适用于所有报告包的令牌。' },
  path_unknown: { title: '此路径下没有内容', remedy: '请对照 API 参考检查路径；基础路径须在两端都配置。' },
  method_not_allowed: { title: '此处不允许该方法', remedy: '请使用响应的 Allow 标头列出的方法。' },
  schema_unknown: { title: '没有这个架构', remedy: '请使用参考中的事件类型之一。' },
  query_invalid: { title: '查询参数无效', remedy: '请更正消息中指出的参数。' },
  report_id_unknown: {
    title: '没有这个指标、维度或分群',
    remedy: '请使用 `GET /reporting/v1/catalog` 中的 ID。',
  },
  report_mismatch: { title: '所请求的内容不能组合', remedy: '请去掉其中一个，或分两个报告请求。' },
  range_invalid: { title: '时间范围无效', remedy: '请更正指针所指的内容，或使用更长的间隔。' },
  report_too_large: { title: '报告过大', remedy: '请缩短时间范围、减少维度、添加筛选或降低上限。' },
  report_timeout: { title: '报告耗时过长', remedy: '请缩短时间范围或减少维度，或等服务器空闲时再试。' },
  reports_too_many: {
    title: '同时请求的报告过多',
    remedy: '请等待先前请求的报告返回后再试。',
  },
  request_malformed: {
    title: '请求不是可读的 HTTP',
    remedy: '请检查播放器与服务器之间的环节：请求已损坏或被截断。',
  },
  rate_exceeded: {
    title: '请求过多',
    remedy:
      '请检查播放器中是否有循环。使用代理时，请让服务器信任该代理，否则所有播放器都算作一个客户端。服务器管理员可以提高速率。',
  },
  sessions_too_many: {
    title: '打开的会话过多',
    remedy: '请稍后重新开始。如果内存充足，服务器管理员可以提高上限，也可以分担负载。',
  },
  memory_short: { title: '内存不足', remedy: '请稍后重新开始。服务器管理员应检查分配给它的内存。' },
  server_busy: { title: '服务器繁忙', remedy: '请稍后重新发送，正文不要停顿。服务器的磁盘可能较慢。' },
  connections_too_many: { title: '连接过多', remedy: '请稍后再连接；请保持一个连接，而不是多个。' },
  log_unavailable: {
    title: '目前无法保存事件',
    remedy: '请稍后重新发送。服务器管理员应检查磁盘和日志输出。',
  },
  log_full: {
    title: '目前没有空间保存事件',
    remedy: '请稍后重新发送：一有空间，服务器会自动恢复接受事件。服务器管理员应检查磁盘和存储。',
  },
  store_unavailable: { title: '目前无法读取报告', remedy: '请稍后再试。`/readyz` 会说明存储的状态。' },
  listeners_too_many: { title: '观看实时视图的人过多', remedy: '请关闭无人查看的仪表板，然后再试。' },
  internal: { title: '服务器出错', remedy: '请稍后重新发送；如果问题持续，请报告此故障。' },
}
