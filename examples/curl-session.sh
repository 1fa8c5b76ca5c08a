#!/usr/bin/env bash
# Play a whole session with curl: half a minute of a video with a pause, told in a moment.
#
#   examples/curl-session.sh [server]        default: http://127.0.0.1:8080, or the port that PLAYHEAD_PORT says
#
# A player sends its events as they happen; what counts is the device's clock in each of them (ts, in
# milliseconds), so a script may send them at once.
set -euo pipefail

server=${1:-http://127.0.0.1:${PLAYHEAD_PORT:-8080}}
start=$(($(date +%s) * 1000 - 30000)) # the session began 30 seconds ago

# event TYPE SECONDS PLAYHEAD [MEMBERS]: the JSON of an event, so many seconds after the start
event() {
  printf '{"eventType":"%s","playerTime":{"ts":%d,"playhead":%s}%s}' "$1" $((start + $2 * 1000)) "$3" "${4:+,$4}"
}

# send TYPE SECONDS PLAYHEAD [MEMBERS]: send it to the session; anything but 204 ends the script
send() {
  curl --silent --show-error --fail-with-body --output /dev/null \
    --header 'Content-Type: application/json' --data "$(event "$@")" "$server$session/events"
  echo "sent $1 at $2 s, playhead $3 s"
}

session=$(
  curl --silent --show-error --fail-with-body --dump-header - --data @- "$server/api/v1/sessions" <<JSON |
{
  "eventType": "sessionStart",
  "playerTime": { "ts": $start, "playhead": 0 },
  "params": {
    "analytics.trackingServer": "example.com",
    "analytics.reportSuite": "demo",
    "visitor.marketingCloudOrgId": "demo@AdobeOrg",
    "media.id": "curl-session",
    "media.name": "A session by hand",
    "media.length": 30,
    "media.contentType": "vod",
    "media.playerName": "curl",
    "media.channel": "terminal"
  },
  "customMetadata": { "series": "examples" }
}
JSON
    sed -n 's/^[Ll]ocation: \(.*\)\r$/\1/p'
)
echo "opened ${session##*/}"

send play 0 0
send ping 10 10
send pauseStart 15 15
send play 20 15
send bitrateChange 25 20 '"qoeData":{"media.qoe.bitrate":2500}'
send sessionComplete 30 25
send sessionEnd 30 25

# The session closes when nothing can come any more that happened before its end: after five seconds.
report=$server/reporting/v1/sessions/${session##*/}
for _ in $(seq 50); do
  curl --silent "$report" | grep --quiet '"status":"closed"' && break
  sleep 0.2
done
echo
curl --silent --show-error --fail-with-body "$report"
echo
