import { ProblemCode } from './ProblemCode.ts'

/** What people should know about a problem code; the source of `docs/reference/problems.md`. */
export interface ProblemEntry {
  /** A few words, as a heading. */
  readonly title: string
  /** What was seen, and why it is refused. */
  readonly cause: string
  /** What to do about it. */
  readonly remedy: string
  /** A request that yields it, in Markdown. Problems of an event's content take theirs from `examples/events/invalid/`. */
  readonly example?: string
}

const contentProblems = {
  [ProblemCode.bodyNotObject]: {
    title: 'The body is not an object',
    cause: 'The body is valid JSON, but an array, a string, a number, true, false or null.',
    remedy: 'Send one event as a JSON object per request.',
  },
  [ProblemCode.missingMember]: {
    title: 'A required member is missing',
    cause: 'A member that this event must have is not there. The pointer says where it should be.',
    remedy:
      'Add it; look for a misspelling when you believe that it is sent. Under the policy lenient only eventType and playerTime are required.',
  },
  [ProblemCode.unknownMember]: {
    title: 'A member does not exist',
    cause:
      'An event consists of eventType, playerTime, params, qoeData and customMetadata, and playerTime of playhead and ts. Anything else there would be lost unseen.',
    remedy: 'Move parameters into params, data of your own into customMetadata, or correct the name.',
  },
  [ProblemCode.unknownKey]: {
    title: 'A key is not known for this event',
    cause:
      'The policy strict closes every object, and this key is not in the reference for this event type: it is misspelt, belongs to another event, or is your own.',
    remedy:
      'Correct it, move it to the event that has it, or send it in customMetadata. The policies documented and lenient accept and keep such keys.',
  },
  [ProblemCode.wrongType]: {
    title: 'A value has the wrong type',
    cause: 'The JSON type differs from the documented one. Nothing is converted: "60" is not 60.',
    remedy: 'Send the documented type. Leave a member out when it has no value, rather than sending null.',
  },
  [ProblemCode.numberNotFinite]: {
    title: 'A number is too large',
    cause: 'JSON has no infinity, but a number such as 1e999 exceeds a 64-bit float and turns into one.',
    remedy: 'Find the overflow in the player, often a division by zero, and leave the value out meanwhile.',
  },
  [ProblemCode.valueNotAllowed]: {
    title: 'A value is outside of what is allowed',
    cause: 'The type is right, but only certain values have a meaning here.',
    remedy: 'Send one of the values that the problem lists under expected.',
  },
  [ProblemCode.unknownEventType]: {
    title: 'The event type does not exist',
    cause:
      'eventType is none of the names of this API; letter case counts. Names of SDK calls are often not those of the wire.',
    remedy: 'Use a name from the list under expected. The end of buffering, of a seek or of a stall is play.',
  },
  [ProblemCode.eventTypeNotAllowed]: {
    title: 'The event type belongs to the other endpoint',
    cause:
      'The sessions request takes sessionStart only, the events request takes everything but sessionStart.',
    remedy: 'Post sessionStart to /api/v1/sessions, and what follows to /api/v1/sessions/{sid}/events.',
  },
  [ProblemCode.tsSeconds]: {
    title: 'The time stamp is not in milliseconds',
    cause:
      'ts is below 100000000000. In milliseconds that is before March 1973; it can only be in seconds, or count from another moment. The policy lenient takes a clock that stands in 1970, and refuses what as seconds lies between 2001 and 2286.',
    remedy: 'Send milliseconds since 1970-01-01 UTC: Date.now() in JavaScript, seconds times 1000 elsewhere.',
  },
  [ProblemCode.tsTooLarge]: {
    title: 'The time stamp is too large',
    cause:
      'ts lies beyond the year 2299, where the store ends. It is probably in microseconds or nanoseconds.',
    remedy: 'Send milliseconds since 1970-01-01 UTC.',
  },
  [ProblemCode.playheadOutOfRange]: {
    title: 'The playhead lies outside of the content',
    cause:
      'A playhead is never negative. On the sessions request it also lies inside the content: below 86400 when media.contentType is live or linear, else below media.length when that is above 0. The playheads of later events have no upper bound.',
    remedy:
      'Send seconds: the position in recorded content, the second of the day (UTC) in live content. Check media.length and media.contentType.',
  },
  [ProblemCode.metadataKeyInvalid]: {
    title: 'A metadata key has a character that is not allowed',
    cause:
      'Keys of customMetadata consist of letters a to z in either case, digits, underscores and dots, and are not empty.',
    remedy: 'Replace the other characters, for example by an underscore.',
  },
  [ProblemCode.stateNameInvalid]: {
    title: 'The name of a player state is not valid',
    cause: 'State names have 1 to 64 letters, digits, underscores and dots.',
    remedy:
      'Use a standard name (fullScreen, mute, closedCaptioning, pictureInPicture, inFocus) or shorten and clean your own.',
  },
  [ProblemCode.statesEmpty]: {
    title: 'A statesUpdate without a state',
    cause: 'Neither statesStart nor statesEnd has an element, so the event changes nothing.',
    remedy: 'Put the states that changed into the lists, or do not send the event.',
  },
  [ProblemCode.downloadedNeedsArray]: {
    title: 'Downloaded content needs an array',
    cause:
      'media.downloaded is true in a request with a single event. A session played from the device is sent as a whole, as an array, once the viewer is online.',
    remedy:
      'Leave media.downloaded out (or send false) while the viewer is online. Send a downloaded session whole, as the list of its events.',
  },
} as const satisfies Partial<Record<ProblemCode, ProblemEntry>>

const transportProblems = {
  [ProblemCode.bodyNotArray]: {
    title: 'A downloaded session is a list',
    cause: 'The body sent to `/api/v1/downloaded` is JSON, but not an array.',
    remedy: 'Send all events of the session as one array, sessionStart first.',
    example: 'a single sessionStart sent to `/api/v1/downloaded`',
  },
  [ProblemCode.downloadEmpty]: {
    title: 'The list of events is empty',
    cause: 'An empty array was sent: there is no session in it.',
    remedy: 'Send all events of the session as one array, sessionStart first.',
    example: '`[]` sent to `/api/v1/downloaded`',
  },
  [ProblemCode.downloadNotFlagged]: {
    title: 'A list that is not said to be a downloaded session',
    cause:
      'An array was sent to `/api/v1/sessions`, and its sessionStart does not have media.downloaded true. Only downloaded sessions are sent whole.',
    remedy: 'Set media.downloaded to true, or send the array to `/api/v1/downloaded`.',
    example: 'an array without media.downloaded, sent to `/api/v1/sessions`',
  },
  [ProblemCode.bodyEmpty]: {
    title: 'There is no body',
    cause: 'The request came without a body.',
    remedy: 'Send the event as JSON in the body of the POST.',
    example: '`POST /api/v1/sessions` with `Content-Length: 0`',
  },
  [ProblemCode.bodyNotJson]: {
    title: 'The body is not JSON',
    cause:
      'The body cannot be parsed: it was cut off, has single quotes, a trailing comma or an ellipsis of the documentation, or is not JSON at all. The hint names line and column. The Content-Type does not matter.',
    remedy: 'Let a JSON library write the body.',
    example: '`{"eventType": "ping", "playerTime": {`',
  },
  [ProblemCode.bodyNotUtf8]: {
    title: 'The body is not UTF-8',
    cause: 'The bytes of the body are not valid UTF-8; another encoding such as Latin-1 is likely.',
    remedy: 'Encode the body as UTF-8.',
    example: 'a title with the single byte 0xE9 for é',
  },
  [ProblemCode.bodyTooDeep]: {
    title: 'The body nests too deep',
    cause: 'Objects or arrays lie inside each other more often than any event needs.',
    remedy: 'Send flat values: params, qoeData and customMetadata have one level.',
    example: 'a thousand opening brackets',
  },
  [ProblemCode.keysTooMany]: {
    title: 'An object has too many keys',
    cause: 'An object, mostly customMetadata, has more keys than any event needs.',
    remedy: 'Send what reports are made by. A key that is made of a changing value belongs into the value.',
    example: 'a sessionStart with ten thousand keys in customMetadata',
  },
  [ProblemCode.keyTooLong]: {
    title: 'A key is too long',
    cause: 'The name of a member is longer than reports can ask for.',
    remedy: 'Shorten it. A key with a text or a URL in it seems to be a value.',
    example: 'a key of 2 KB in customMetadata',
  },
  [ProblemCode.textTooLong]: {
    title: 'A text is too long',
    cause: 'A single text is longer than any title, id or URL.',
    remedy: 'Shorten it, or leave it out: a picture or a document is no value to report by.',
    example: 'a picture as a data URL in customMetadata',
  },
  [ProblemCode.keyRepeated]: {
    title: 'An object has the same key twice',
    cause:
      'JSON libraries take one of the two values and drop the other in silence, not all the same one. The policy lenient takes the last, and notes it.',
    remedy: 'Send each key once. A JSON library does; look for text that is put together by hand.',
    example: '`{"eventType": "ping", "eventType": "play", ...}`',
  },
  [ProblemCode.bodyTooLarge]: {
    title: 'The body is too large',
    cause: 'The body is longer than this server takes.',
    remedy: 'Shorten customMetadata; whoever runs the server can raise the limit.',
    example: 'a sessionStart with a picture in customMetadata',
  },
  [ProblemCode.encodingUnsupported]: {
    title: 'The body is compressed in an unsupported way',
    cause:
      'Content-Encoding names something other than gzip, deflate, br or identity, or more than one of them.',
    remedy: 'Compress the body once, with gzip, deflate or br, or send it without Content-Encoding.',
    example: '`Content-Encoding: zstd`',
  },
  [ProblemCode.encodingBroken]: {
    title: 'The compressed body is broken',
    cause:
      'The body cannot be unpacked as its Content-Encoding says: it was cut off, damaged or never compressed, or has bytes behind its end.',
    remedy:
      'Compress the whole body in the way that Content-Encoding names, or send it without Content-Encoding.',
    example: '`Content-Encoding: gzip` with a body of plain JSON',
  },
  [ProblemCode.eventsTooMany]: {
    title: 'The list has too many events',
    cause: 'The list has more than 100000 events; a day with an event every second has 86400.',
    remedy: 'Send one list for each session, and look for a loop in the player.',
    example: 'a list of 100001 pings',
  },
  [ProblemCode.sessionUnknown]: {
    title: 'The session is not known',
    cause:
      'The session id in the path was never issued by this server, is damaged, or is older than the server remembers.',
    remedy:
      'Open a new session with sessionStart and send the events there. Take the id from the Location header as it is.',
    example: '`POST /api/v1/sessions/undefined/events`',
  },
  [ProblemCode.sessionClosed]: {
    title: 'The session is closed',
    cause:
      'The session ended by sessionEnd or by a time-out. Late A sessionEnd is still taken, other events are not.',
    remedy:
      'Open a new session with sessionStart; set media.resume to true when the viewer goes on watching.',
    example: 'a play after sessionEnd',
  },
  [ProblemCode.sessionTooLong]: {
    title: 'The session has too many events',
    cause:
      'The session has had 100000 events; a day with an event every second has 86400. sessionEnd and sessionComplete events are still taken, others are not.',
    remedy: 'Open a new session with sessionStart and media.resume true, and look for a loop in the player.',
    example: 'the 100001st ping of a session',
  },
  [ProblemCode.orgNotAllowed]: {
    title: 'The organisation is not served here',
    cause:
      'The server takes sessions of listed organisations only, and this `visitor.marketingCloudOrgId` is not among them.',
    remedy: 'Correct the id; or whoever runs the server adds it to `PLAYHEAD_COLLECT_ORG_IDS`.',
    example: 'a sessionStart with the organisation id of the test environment',
  },
  [ProblemCode.reportSuiteNotAllowed]: {
    title: 'The report suite is not served here',
    cause:
      'The server takes sessions of listed report suites only, and one that `analytics.reportSuite` names is not among them.',
    remedy: 'Correct the name; or whoever runs the server adds it to `PLAYHEAD_COLLECT_REPORT_SUITES`.',
    example: '`"analytics.reportSuite": "production,develop"` where `production` alone is listed',
  },
  [ProblemCode.originNotAllowed]: {
    title: 'Pages of this origin are not served here',
    cause: 'The request came from a web page of another site than those that the server is there for.',
    remedy: 'Whoever runs the server adds the origin of the page to `PLAYHEAD_COLLECT_ORIGINS`.',
    example: 'a player on `https://copy.example.net` where `https://www.example.com` is listed',
  },
  [ProblemCode.tokenMissing]: {
    title: 'A token is needed',
    cause:
      'Reports, the live view and operations are for those who have a token; or a browser was signed in too long ago, or by a token that is no more.',
    remedy: 'Send `Authorization: Bearer TOKEN`, or sign in on the dashboard.',
    example: '`GET /reporting/v1/sessions` from another machine, without a token',
  },
  [ProblemCode.tokenInvalid]: {
    title: 'The token is not valid',
    cause: 'The token is misspelt or cut short, was removed, or belongs to another server.',
    remedy: 'Ask whoever runs the server for a token: `playhead token list` names those there are.',
    example: '`Authorization: Bearer changeme`',
  },
  [ProblemCode.tokensTooMany]: {
    title: 'Too many wrong tokens',
    cause:
      'More wrong tokens came from this address in a minute than anyone types. Right ones are taken all the while.',
    remedy: 'Look for what keeps sending an old token, and wait as long as `Retry-After` says.',
    example: 'a script that goes on with a token that was removed',
  },
  [ProblemCode.scopeInsufficient]: {
    title: 'The token does not go so far',
    cause: 'The token is for some report suites, and this is about the server as a whole.',
    remedy: 'Use a token for all report suites.',
    example: '`GET /metrics` with a token that was made with `--suites`',
  },
  [ProblemCode.pathUnknown]: {
    title: 'There is nothing at this path',
    cause: 'No endpoint has this path.',
    remedy: 'Compare the path with the API reference; a base path must be configured on both sides.',
    example: '`POST /api/v1/session`',
  },
  [ProblemCode.methodNotAllowed]: {
    title: 'The method is not allowed here',
    cause: 'The path exists, but takes another HTTP method.',
    remedy: 'Use a method that the Allow header of the answer names.',
    example: '`GET /api/v1/sessions`',
  },
  [ProblemCode.schemaUnknown]: {
    title: 'There is no such schema',
    cause: 'The last part of the path is not an event type; letter case counts.',
    remedy: 'Ask for one of the event types of the reference.',
    example: '`GET /api/v1/schemas/contentComplete`',
  },
  [ProblemCode.queryInvalid]: {
    title: 'A query parameter is not valid',
    cause: 'The query string has a parameter that does not exist here, or a value that cannot be read.',
    remedy: 'Correct the parameter that the message names.',
    example: '`GET /reporting/v1/sessions?limit=many`',
  },
  [ProblemCode.reportIdUnknown]: {
    title: 'There is no such metric, dimension or segment',
    cause: 'A report names something that the catalogue does not have; letter case counts.',
    remedy: 'Take the ids of `GET /reporting/v1/catalog`.',
    example: '`POST /reporting/v1/query` with `"metrics": ["mediaStart"]`',
  },
  [ProblemCode.reportMismatch]: {
    title: 'What is asked for does not go together',
    cause:
      'Each part of the report is right by itself, but not beside the others: a dimension of ads for a metric of sessions, an order by something that was not asked for, a value of the wrong kind in a filter.',
    remedy: 'Leave one of the two out, or ask for them in two reports.',
    example: '`POST /reporting/v1/query` with `"metrics": ["mediaStarts"], "dimensions": ["adId"]`',
  },
  [ProblemCode.rangeInvalid]: {
    title: 'The range of time is not valid',
    cause:
      'A moment or the time zone cannot be read, the end does not lie after the beginning, or there are too many intervals in between.',
    remedy: 'Correct what the pointer names, or take longer intervals.',
    example: '`POST /reporting/v1/query` with `"from": "2026-02-30"`',
  },
  [ProblemCode.reportTooLarge]: {
    title: 'The report is too large',
    cause: 'To work it out takes more memory than a report may use, or its answer has too many rows.',
    remedy: 'Take a shorter range, fewer dimensions, a filter, or a lower limit.',
    example: 'all sessions of a year by their id',
  },
  [ProblemCode.reportTimeout]: {
    title: 'The report takes too long',
    cause: 'It was stopped, so that it does not hold up others.',
    remedy: 'Take a shorter range or fewer dimensions, or ask again when the server has less to do.',
    example: 'unique viewers of several years by content, on a small machine',
  },
  [ProblemCode.reportsTooMany]: {
    title: 'Too many reports at once',
    cause:
      'Explanations of long sessions, and lists of their events, are worked out one at a time; too many of them wait already.',
    remedy: 'Wait for the answers to the reports that were asked for before, then ask again.',
    example: 'twenty explanations of long sessions, asked for at once',
  },
  [ProblemCode.requestMalformed]: {
    title: 'The request is not readable HTTP',
    cause:
      'The request line, a header or the announced length of the body is broken, or the request took too long to arrive.',
    remedy: 'Look at what is between the player and the server: the request was damaged or cut short.',
    example: 'a `Content-Length` that is larger than the body',
  },
  [ProblemCode.rateExceeded]: {
    title: 'Too many requests',
    cause:
      'One client address sent more requests, or one report suite was sent more session starts, than the server takes in a second. The event was not taken.',
    remedy:
      'Look for a loop in the player. Behind a proxy, tell the server to trust it: else all players count as one client. Whoever runs the server can raise the rate.',
    example: 'a load test from one machine',
  },
  [ProblemCode.sessionsTooMany]: {
    title: 'Too many sessions are open',
    cause: 'As many sessions are open as the server keeps. Events of open sessions are taken.',
    remedy:
      'Start again later. Whoever runs the server can raise the limit if it has the memory, or share the load.',
    example: 'a start while half a million viewers watch',
  },
  [ProblemCode.memoryShort]: {
    title: 'Memory runs short',
    cause: 'The server uses more memory than it should. Events of open sessions are taken.',
    remedy: 'Start again later. Whoever runs the server should look at what it is given.',
    example: 'a start on a machine that is too small',
  },
  [ProblemCode.serverBusy]: {
    title: 'The server has its hands full',
    cause:
      'More requests wait for their answers than the server keeps, or bodies that arrive slowly fill the room for bodies and this one had been arriving for longest. The event was not taken.',
    remedy: 'Send it again later, and the body without pauses. The disk of the server may be slow.',
    example: 'a body that takes half a minute to arrive, among ten thousand others that do',
  },
  [ProblemCode.connectionsTooMany]: {
    title: 'Too many connections',
    cause: 'As many connections are open as the server keeps.',
    remedy: 'Connect again later; keep one connection open rather than many.',
    example: 'the connection after the last one',
  },
  [ProblemCode.logUnavailable]: {
    title: 'Events cannot be stored at present',
    cause:
      'The server cannot write to its log, and acknowledges nothing that is not on disk. The event was not taken.',
    remedy: 'Send it again later. Whoever runs the server should look at its disk and its log output.',
    example: 'any event after the disk has failed, until the server has started again',
  },
  [ProblemCode.logFull]: {
    title: 'There is no room for events at present',
    cause:
      'The disk is full, or so much waits for the store that the journal has reached its bound. The event was not taken, and will not turn up.',
    remedy:
      'Send it again later: the server takes events again by itself as soon as there is room. Whoever runs it should look at its disk and its store.',
    example: 'any event while the disk is full',
  },
  [ProblemCode.storeUnavailable]: {
    title: 'Reports cannot be read at present',
    cause: 'The store is starting, or has failed and is being started again. Events are taken meanwhile.',
    remedy: 'Ask again in a moment. `/readyz` tells how the store is.',
    example: '`GET /reporting/v1/sessions` in the first second after a start',
  },
  [ProblemCode.listenersTooMany]: {
    title: 'Too many look at the live view',
    cause: 'As many connections as may do so listen to `/reporting/v1/live` already.',
    remedy: 'Close a dashboard that nobody looks at, and ask again.',
    example: '`GET /reporting/v1/live` from a hundred and first browser tab',
  },
  [ProblemCode.internal]: {
    title: 'The server failed',
    cause: 'A problem of the server, which logged the details. Whether the event was taken is not certain.',
    remedy: 'Send it again later, and report the problem if it stays.',
    example: 'none: it is a bug',
  },
} as const satisfies Partial<Record<ProblemCode, ProblemEntry>>

/** Every problem code with cause and remedy: first those of an event's content, then those of the request. */
export const problemCatalogue: Readonly<Record<ProblemCode, ProblemEntry>> = {
  ...contentProblems,
  ...transportProblems,
}
