"""The WebSockets in words, as OpenAPI has none: part of the schema's description and of the page of docs."""

LIVE = """\
Two addresses are WebSockets (`wss:` where the site is reached by https): `/ws/sessions/{id}/` for one
talk with the tutor, and `/ws/me/` for a person's notices. Frames are JSON objects in text frames, each
with a `type`; sound comes and goes as binary frames. No frame may be larger than 4 MB. An address where
there is none answers the handshake with 404.

**Signing in**, any of three ways:

- a program sends `Authorization: Bearer` with its access token in the handshake;
- one that can set no headers sends `{"type": "auth", "access": "..."}` as its first frame, within ten
  seconds. Sent again later on `/ws/sessions/{id}/`, with a fresh token, it keeps the line open beyond the
  end of the old one;
- a page of this site comes with its session cookie, and nothing else is needed.

The answer is `ready`: with `session` on `/ws/sessions/{id}/`, with `unread` (how many notices wait) on
`/ws/me/`. A token needs the scope `learning:write` for a talk and `learning:read` for notices.

**What is sent on `/ws/sessions/{id}/`**

- `{"type": "turn", "text": "..."}` asks; with `"aloud": true` the answer is read out too. `response`
  answers the question that is open
- `{"type": "cancel", "turn": id}` stops a turn
- `{"type": "resume", "turn": id, "seq": n}` has sent again what came after number `n`, for after a lost
  line
- `{"type": "audio.start", "format": "webm"}` (or `wav`, or `pcm16` with `rate`), then binary frames, then
  `{"type": "audio.end"}` to ask, or `{"type": "audio.drop"}` to forget. With `pcm16` and `"partials":
  true`, the words come while somebody speaks
- `{"type": "ping"}`

**What comes**: `turn.queued`, then for each turn, numbered by `seq` from 1: `turn.started`, `step`
(`agent`, `status`, `summary`), `heard` and `seen` (`text`: what was understood of a recording or a
photo), `token` (`text`: a piece of the answer), `citation`, `retract` (`from_seq`: forget the pieces from
there on), `audio` (a binary frame follows), `turn.finished` (the whole turn, as `GET turns/{id}` has it)
or `turn.failed` (`detail`). Besides: `audio.listening`, `audio.partial`, `pong`, and `error` with
`detail`, and `errors` of single fields, for a frame that cannot be done: the line stays open.

**On `/ws/me/`** come `notification` (`notification`, `unread`, and `text`, the sentence for people) and
`pong`; only `ping` is sent.

**Why a line is closed**: `4401` the token or the session is none, or no longer; `4403` the token lacks
the scope; `4404` the talk is not there, or not yours; `4408` nobody said who they are in ten seconds;
`1009` a frame was too large. Whether you may still listen is looked at every few seconds, so the codes
may come at any time.
"""
