/**
 * Why a request is refused. A closed set: clients may switch on it. Cause and remedy of each are in
 * `problemCatalogue`; the HTTP status belongs to the server's edge.
 */
export const ProblemCode = {
  /** The body is JSON, but not an object. */
  bodyNotObject: 'body_not_object',
  /** A required member or key is absent. */
  missingMember: 'missing_member',
  /** An event, or its `playerTime`, has a member that does not exist. */
  unknownMember: 'unknown_member',
  /** A key that this event does not have. Policy `strict` only. */
  unknownKey: 'unknown_key',
  /** The JSON type is not the documented one. */
  wrongType: 'wrong_type',
  /** A number too large for a 64-bit float, such as 1e999. */
  numberNotFinite: 'number_not_finite',
  /** The type is right, the value is not one of those allowed. */
  valueNotAllowed: 'value_not_allowed',
  /** `eventType` names no event of this API. */
  unknownEventType: 'unknown_event_type',
  /** The event type exists, but belongs to the other endpoint. */
  eventTypeNotAllowed: 'event_type_not_allowed',
  /** `ts` is too small to be milliseconds of the present age. */
  tsSeconds: 'ts_seconds',
  /** `ts` lies beyond the year 2299. */
  tsTooLarge: 'ts_too_large',
  /** The playhead lies outside of the content. */
  playheadOutOfRange: 'playhead_out_of_range',
  /** A `customMetadata` key has a character that is not allowed. */
  metadataKeyInvalid: 'metadata_key_invalid',
  /** A player state's name is empty, too long or has a character that is not allowed. */
  stateNameInvalid: 'state_name_invalid',
  /** A `statesUpdate` starts no state and ends none. */
  statesEmpty: 'states_empty',
  /** Downloaded content was announced in a request that carries one event. */
  downloadedNeedsArray: 'downloaded_needs_array',
  /** A downloaded session is not a list of events. */
  bodyNotArray: 'body_not_array',
  /** The list of events of a downloaded session is empty. */
  downloadEmpty: 'download_empty',
  /** A list of events was sent to the path of online sessions without saying that it is a downloaded session. */
  downloadNotFlagged: 'download_not_flagged',

  /** The request has no body. */
  bodyEmpty: 'body_empty',
  /** The body is not JSON. */
  bodyNotJson: 'body_not_json',
  /** The body is not UTF-8. */
  bodyNotUtf8: 'body_not_utf8',
  /** The body nests objects or arrays deeper than the server takes. */
  bodyTooDeep: 'body_too_deep',
  /** An object has more keys than the server takes. */
  keysTooMany: 'keys_too_many',
  /** A key is longer than the server takes. */
  keyTooLong: 'key_too_long',
  /** A text is longer than the server takes. */
  textTooLong: 'text_too_long',
  /** An object has the same key twice. Not under policy `lenient`. */
  keyRepeated: 'key_repeated',
  /** The body is longer than the server takes. */
  bodyTooLarge: 'body_too_large',
  /** The body is compressed in a way that the server does not unpack. */
  encodingUnsupported: 'encoding_unsupported',
  /** The body is not what its `Content-Encoding` says. */
  encodingBroken: 'encoding_broken',
  /** A list, or a session, has more events than the server takes. */
  eventsTooMany: 'events_too_many',
  /** The session id was never issued here, or is long forgotten. */
  sessionUnknown: 'session_unknown',
  /** The session is over. */
  sessionClosed: 'session_closed',
  /** The session has had as many events as a session may have. */
  sessionTooLong: 'session_too_long',
  /** Sessions of this organisation are not taken here. */
  orgNotAllowed: 'org_not_allowed',
  /** Sessions of this report suite are not taken here. */
  reportSuiteNotAllowed: 'report_suite_not_allowed',
  /** Pages of this origin may not do that here. */
  originNotAllowed: 'origin_not_allowed',
  /** What was asked for needs a token. */
  tokenMissing: 'token_missing',
  /** The token is not one of this server's. */
  tokenInvalid: 'token_invalid',
  /** Too many wrong tokens came from one address. */
  tokensTooMany: 'tokens_too_many',
  /** The token does not go so far. */
  scopeInsufficient: 'scope_insufficient',
  /** No such path. */
  pathUnknown: 'path_unknown',
  /** The path exists, but not for this method. */
  methodNotAllowed: 'method_not_allowed',
  /** No schema of that name. */
  schemaUnknown: 'schema_unknown',
  /** A query parameter is unknown or malformed. */
  queryInvalid: 'query_invalid',
  /** A report is asked for a metric, a dimension or a segment that there is none of. */
  reportIdUnknown: 'report_id_unknown',
  /** What a report is asked for exists, but does not go together. */
  reportMismatch: 'report_mismatch',
  /** A range of time cannot be read, is empty, or has too many intervals. */
  rangeInvalid: 'range_invalid',
  /** A report needs more memory, or has more rows, than it may have. */
  reportTooLarge: 'report_too_large',
  /** A report takes longer than it may. */
  reportTimeout: 'report_timeout',
  /** Too many reports wait, or are ready and have not been read. */
  reportsTooMany: 'reports_too_many',
  /** The bytes are no HTTP request that can be answered. */
  requestMalformed: 'request_malformed',
  /** More requests a second than one client, or one report suite, may send. */
  rateExceeded: 'rate_exceeded',
  /** As many sessions are open as may be. */
  sessionsTooMany: 'sessions_too_many',
  /** The server has too little memory left for new sessions. */
  memoryShort: 'memory_short',
  /** More requests are under way, or more bytes of bodies, than the server takes. */
  serverBusy: 'server_busy',
  /** As many connections are open as may be. */
  connectionsTooMany: 'connections_too_many',
  /** Events cannot be made durable at present. */
  logUnavailable: 'log_unavailable',
  /** There is no room for events at present: the disk is full, or the journal has reached its bound. */
  logFull: 'log_full',
  /** Reports cannot be read at present. */
  storeUnavailable: 'store_unavailable',
  /** The live view has as many listeners as it may have. */
  listenersTooMany: 'listeners_too_many',
  /** A problem of the server. */
  internal: 'internal',
} as const
export type ProblemCode = (typeof ProblemCode)[keyof typeof ProblemCode]
