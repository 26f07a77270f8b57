extension Probe {
  static let all = framing + lines + names + hosts + targets

  private static func post(_ name: String, _ fields: String, statuses: Set<Int> = [400]) -> Probe {
    Probe(name: name, request: "POST / HTTP/1.1\r\nHost: h\r\n\(fields)\r\n\r\n0\r\n\r\n", statuses: statuses)
  }

  private static func get(_ name: String, _ fields: String, statuses: Set<Int> = [400]) -> Probe {
    Probe(name: name, request: "GET / HTTP/1.1\r\nHost: h\r\n\(fields)\r\n\r\n", statuses: statuses)
  }

  private static let framing = [
    post("Content-Length and Transfer-Encoding", "Content-Length: 5\r\nTransfer-Encoding: chunked"),
    post("Transfer-Encoding and Content-Length", "Transfer-Encoding: chunked\r\nContent-Length: 5"),
    post("two Content-Length", "Content-Length: 5\r\nContent-Length: 5"),
    post("two different Content-Length", "Content-Length: 5\r\ncontent-length: 6"),
    post("two Transfer-Encoding", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"),
    post("identity, then chunked", "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked"),
    post("an unknown coding", "Transfer-Encoding: gzip", statuses: [501]),
    post("a list of codings", "Transfer-Encoding: gzip, chunked", statuses: [501]),
    post("chunked twice in a list", "Transfer-Encoding: chunked, chunked", statuses: [501]),
    post("chunked in quotes", "Transfer-Encoding: \"chunked\"", statuses: [501]),
    post("chunked with a parameter", "Transfer-Encoding: chunked;q=1", statuses: [501]),
    post("chunked with a letter more", "Transfer-Encoding: xchunked", statuses: [501]),
    post("chunked and trailing space", "Transfer-Encoding: chunked ", statuses: [501]),
    post("chunked after a vertical tab", "Transfer-Encoding: \u{0B}chunked"),
    post("an empty coding", "Transfer-Encoding:", statuses: [501]),
    post("a list of lengths", "Content-Length: 5, 5"),
    post("a signed length", "Content-Length: +5"),
    post("a negative length", "Content-Length: -1"),
    post("a hexadecimal length", "Content-Length: 0x5"),
    post("an empty length", "Content-Length:"),
    post("a length beyond 64 bits", "Content-Length: 99999999999999999999", statuses: [413]),
    post("no length", "X: y", statuses: [411]),
    Probe(name: "no length of a PUT", request: "PUT / HTTP/1.1\r\nHost: h\r\n\r\n", statuses: [411]),
    Probe(name: "no length in HTTP/1.0", request: "POST / HTTP/1.0\r\n\r\n", statuses: [411]),
    Probe(
      name: "chunked in HTTP/1.0",
      request: "POST / HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    Probe(
      name: "a chunk size that is not hexadecimal",
      request: "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n"),
    Probe(
      name: "a chunk longer than its size",
      request: "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n"),
  ]

  private static let lines = [
    Probe(name: "bare LF everywhere", request: "GET / HTTP/1.1\nHost: h\n\n"),
    Probe(name: "bare LF after the request line", request: "GET / HTTP/1.1\nHost: h\r\n\r\n"),
    Probe(name: "bare LF after a field", request: "GET / HTTP/1.1\r\nHost: h\r\nX: y\nZ: w\r\n\r\n"),
    Probe(name: "bare LF after the last field", request: "GET / HTTP/1.1\r\nHost: h\n\r\n"),
    Probe(name: "bare LF as the empty line", request: "GET / HTTP/1.1\r\nHost: h\r\n\n"),
    get("bare CR between fields", "X: y\rContent-Length: 5"),
    get("bare CR in a value", "X: a\rb"),
    get("CR CR LF", "X: a\r"),
    get("a folded field", "X: a\r\n b"),
    get("a field folded with a tab", "X: a\r\n\tb"),
    get("a folded length", "Content-Length:\r\n 5"),
    Probe(name: "a fold after the request line", request: "GET / HTTP/1.1\r\n Host: h\r\n\r\n"),
    get("a zero byte in a value", "X: a\u{0}b"),
    get("a zero byte in a name", "X\u{0}Y: b"),
    get("a line without a colon", "nonsense"),
  ]

  private static let names = [
    get("a space before the colon", "Content-Length : 5"),
    get("a tab before the colon", "Transfer-Encoding\t: chunked"),
    get("a space inside a name", "X Y: z"),
    get("an empty name", ": z"),
    get("a slash in a name", "X/Y: z"),
    get("a letter beyond ASCII in a name", "X-Å: z"),
    get("a vertical tab before a name", "\u{0B}Transfer-Encoding: chunked"),
    get("a control character in a value", "X: a\u{01}b"),
    get("a DEL in a value", "X: a\u{7F}b"),
  ]

  private static let hosts = [
    Probe(name: "no Host", request: "GET / HTTP/1.1\r\n\r\n"),
    Probe(name: "no Host but others", request: "GET / HTTP/1.1\r\nX: y\r\n\r\n"),
    get("two Hosts", "Host: h"),
    get("two Hosts in other letters", "hOST: other"),
    Probe(name: "a Host with a path", request: "GET / HTTP/1.1\r\nHost: h/x\r\n\r\n"),
    Probe(name: "a Host with a user", request: "GET / HTTP/1.1\r\nHost: a@h\r\n\r\n"),
    Probe(name: "a list of Hosts", request: "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"),
  ]

  private static let targets = [
    Probe(name: "a target with an encoded zero", request: "GET /a%00b HTTP/1.1\r\nHost: h\r\n\r\n"),
    Probe(name: "a target with an encoded slash", request: "GET /a%2Fb HTTP/1.1\r\nHost: h\r\n\r\n"),
    Probe(name: "a target that climbs", request: "GET /a/../b HTTP/1.1\r\nHost: h\r\n\r\n"),
    Probe(name: "a target that climbs in disguise", request: "GET /a/%2e%2E/b HTTP/1.1\r\nHost: h\r\n\r\n"),
    Probe(name: "a broken escape", request: "GET /a%2 HTTP/1.1\r\nHost: h\r\n\r\n"),
    Probe(name: "bytes that are not UTF-8", request: "GET /a%FF HTTP/1.1\r\nHost: h\r\n\r\n"),
    Probe(name: "a target without a slash", request: "GET a HTTP/1.1\r\nHost: h\r\n\r\n"),
    Probe(name: "a fragment of another scheme", request: "GET ftp://h/a HTTP/1.1\r\nHost: h\r\n\r\n"),
    Probe(name: "two spaces before the target", request: "GET  / HTTP/1.1\r\nHost: h\r\n\r\n"),
    Probe(
      name: "a space in the target", request: "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n", statuses: [0, 400]),
    Probe(name: "a method that is not a token", request: "G@T / HTTP/1.1\r\nHost: h\r\n\r\n"),
    Probe(name: "HTTP/0.9", request: "GET /\r\n\r\n", statuses: [0, 400, 505]),
    Probe(name: "HTTP/1.2", request: "GET / HTTP/1.2\r\nHost: h\r\n\r\n", statuses: [0, 505]),
    Probe(name: "HTTP/2.0", request: "GET / HTTP/2.0\r\nHost: h\r\n\r\n", statuses: [0, 505]),
    Probe(
      name: "HTTP in small letters", request: "GET / http/1.1\r\nHost: h\r\n\r\n", statuses: [0, 400, 505]),
    Probe(
      name: "a space after the version", request: "GET / HTTP/1.1 \r\nHost: h\r\n\r\n", statuses: [0, 400]),
  ]

  static let clean = [
    "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
    "GET / HTTP/1.0\r\n\r\n",
    "\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",
    "GET http://h/a?b=c HTTP/1.1\r\nHost: h\r\n\r\n",
    "GET /a.b/..c/~d HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n",
    "GET / HTTP/1.1\r\nHost:h\r\nX:\t padded \t\r\nEmpty:\r\nCookie: a=b; c=d\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h\r\nX: åäö\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n",
    "DELETE /a HTTP/1.1\r\nHost: h\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\ntransfer-encoding: CHUNKED\r\n\r\n0\r\n\r\n",
    "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n",
  ]
}
