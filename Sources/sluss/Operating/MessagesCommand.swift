import Foundation
import Gateway

extension Subcommand {
  static let messages = Subcommand(
    name: "messages",
    summary: "Shows what a running gateway has received and sent, and what waits; retries, edits, skips.",
    usage: "list|trace|show|retry|edit|skip …",
    text: """
      `list` shows deliveries, newest first, or messages when it is asked for one of their states, a mapping or a key.
      States of deliveries: waiting, delivered, dead, skipped; of messages: received, translated, failed, rejected, and,
      with a mapping, skipped.
      `trace` shows one message's way; `show` a message or a delivery with its body. A dead delivery may hold back the
      later ones of its patient; `retry` sends it again (with --anew it is first translated again), `edit` gives it another
      body, `skip` lets the others go on without it. A failed message that nothing is to come of is skipped as well.

        sluss messages list --state dead --target journal
        sluss messages list --patient 191212121212
        sluss messages list --state failed --from 2026-11-20T00:00:00+01:00
        sluss messages trace 019a…                sluss messages show 4711
        sluss messages retry 4711 4712            sluss messages retry --state dead --target journal
        sluss messages edit 4711 mended.xml       sluss messages skip 4711 --reason "told by telephone"
      """,
    options: gatewayOptions + [
      Option("--state", "STATE", "of this state"),
      Option("--target", "NAME", "deliveries to this target"),
      Option("--route", "NAME", "deliveries by this route"),
      Option(
        "--patient", "NUMBER",
        "deliveries that the route keeps in order by this value; - reads it from standard input"),
      Option("--mapping", "NAME", "messages of this mapping"),
      Option("--key", "KEY", "messages with this key of their sender's"),
      Option("--from", "TIME", "received or made from then on, RFC 3339 with an offset"),
      Option("--to", "TIME", "until then"),
      Option("--limit", "N", "so many at most (50)"),
      Option("--type", "TYPE", "the media type of an edited body (that of the body before)"),
      Option("--reason", "TEXT", "why it is skipped, without patient data"),
      Option("--anew", "translate it again before it is sent again"),
      Option("--json", "the gateway's own answer"),
    ],
    run: { arguments in
      let run = MessagesRun(arguments: arguments, gateway: try arguments.gateway())
      switch arguments.words.first {
      case "list", "search": try run.list()
      case "trace": try run.trace(run.word())
      case "show": try run.show(run.word())
      case "retry": try run.retry()
      case "edit": try run.edit()
      case "skip": try run.skip()
      default: throw UsageError(message: "one of list, trace, show, retry, edit, skip is needed.")
      }
      return 0
    })
}

/// One run of `sluss messages`.
private struct MessagesRun {
  let arguments: Arguments
  let gateway: GatewayClient

  /// The one thing that is meant.
  func word() throws(UsageError) -> String {
    guard arguments.words.count == 2 else {
      throw UsageError(message: "the id of one message or the number of one delivery is needed.")
    }
    return arguments.words[1]
  }

  private static let messageStates: Set = ["received", "translated", "failed", "rejected"]

  // MARK: looking

  func list() throws {
    let isAboutMessages =
      arguments["--mapping"] ?? arguments["--key"] != nil
      || Self.messageStates.contains(arguments["--state"] ?? "")
    if isAboutMessages {
      try show(MessageRows.self, "/messages", messageQuery) {
        TextTable.text(MessageRow.header, $0.messages.map(\.cells))
      }
    } else {
      try show(DeliveryRows.self, "/deliveries", deliveryQuery(after: nil)) {
        TextTable.text(DeliveryRow.header, $0.deliveries.map(\.cells))
      }
    }
  }

  func trace(_ id: String) throws {
    try show(MessageTrace.self, "/messages/\(id)/trace", []) { trace in
      TextTable.text(MessageRow.header, [trace.message.cells]) + "\n\n"
        + TextTable.text(DeliveryRow.header, trace.deliveries.map(\.cells))
    }
  }

  func show(_ id: String) throws {
    let path = Int64(id) == nil ? "/messages/\(id)" : "/deliveries/\(id)/body"
    Console.put(Array(try gateway.send("GET", path).succeeded()) + [UInt8(ascii: "\n")])
  }

  private func show<Answer: Decodable>(
    _ type: Answer.Type, _ path: String, _ query: [(name: String, value: String?)], _ text: (Answer) -> String
  ) throws {
    let answer = try gateway.send("GET", path, query)
    if arguments.has("--json") {
      Console.put(Array(try answer.succeeded()) + [UInt8(ascii: "\n")])
    } else {
      print(text(try answer.read(type)))
    }
  }

  private var messageQuery: [(name: String, value: String?)] {
    [
      ("state", arguments["--state"]), ("mapping", arguments["--mapping"]), ("key", arguments["--key"]),
      ("from", arguments["--from"]), ("to", arguments["--to"]), ("limit", arguments["--limit"]),
    ]
  }

  private func deliveryQuery(after cursor: String?) throws -> [(name: String, value: String?)] {
    [
      ("state", arguments["--state"]), ("target", arguments["--target"]), ("route", arguments["--route"]),
      ("order", try patient()), ("from", arguments["--from"]), ("to", arguments["--to"]),
      ("limit", arguments["--limit"]), ("after", cursor),
    ]
  }

  /// From standard input it stays out of the shell's history.
  private func patient() throws -> String? {
    guard arguments["--patient"] == "-" else { return arguments["--patient"] }
    return String(decoding: try Input.read("-"), as: UTF8.self).trimmingCharacters(
      in: .whitespacesAndNewlines)
  }

  // MARK: acting

  func retry() throws {
    let named = arguments.words.dropFirst().map { $0 }
    let numbers = named.isEmpty ? try allThatMatch() : named
    var refused = 0
    for number in numbers {
      do {
        try act("retry", on: number, [("anew", arguments.has("--anew") ? "true" : nil)])
      } catch let refusal as GatewayRefusal {
        refused += 1
        Console.complain("\(number): \(refusal)")
      }
    }
    Console.complain("\(numbers.count - refused) retried, \(refused) refused")
    if refused > 0 { throw GatewayRefusal(description: "not all could be retried") }
  }

  func edit() throws {
    guard arguments.words.count == 3 else {
      throw UsageError(message: "the number of a delivery and a file are needed.")
    }
    let body = Data(try Input.read(arguments.words[2]))
    let type = try arguments["--type"] ?? currentType(of: arguments.words[1])
    let answer = try gateway.send(
      "POST", "/deliveries/\(arguments.words[1])/edit", body: body, contentType: type)
    _ = try answer.succeeded()
    print("\(arguments.words[1]) has another body; `sluss messages retry \(arguments.words[1])` sends it")
  }

  func skip() throws {
    try act("skip", on: try word(), [("reason", try arguments.required("--reason"))])
    print("\(try word()) is skipped")
  }

  private func act(_ what: String, on number: String, _ query: [(name: String, value: String?)]) throws {
    let kind = what == "skip" && Int64(number) == nil ? "messages" : "deliveries"
    _ = try gateway.send("POST", "/\(kind)/\(number)/\(what)", query).succeeded()
  }

  private func allThatMatch() throws -> [String] {
    guard arguments["--state"] == "dead" else {
      throw UsageError(
        message: "numbers are needed, or `--state dead` and what else the deliveries have in common.")
    }
    var numbers: [String] = []
    var cursor: String?
    repeat {
      let page = try gateway.send("GET", "/deliveries", deliveryQuery(after: cursor)).read(DeliveryRows.self)
      numbers += page.deliveries.map { String($0.number) }
      cursor = page.next
    } while cursor != nil
    return numbers
  }

  private func currentType(of number: String) throws -> String {
    let answer = try gateway.send("GET", "/deliveries/\(number)/body")
    _ = try answer.succeeded()
    return answer.contentType
  }
}
