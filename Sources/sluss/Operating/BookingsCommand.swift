import Foundation
import Gateway

extension Subcommand {
  static let bookings = Subcommand(
    name: "bookings",
    summary: "Shows bookings on their way through the systems, and lets those go on that are stuck.",
    usage: "list|show|resume|abandon …",
    text: """
      A booking, a moving or a cancellation goes from system to system as a saga. One that gets no answer, or that a system
      refuses where it must not, is stuck: later ones of the same booking wait for it. `resume` lets it go on once the other
      system is well; `abandon` takes one back that the journal has not confirmed, and undoes it everywhere.

        sluss bookings list                       sluss bookings list --state stuck
        sluss bookings show 019a…                 sluss bookings resume 019a… 019b…
      """,
    options: gatewayOptions + [
      Option("--state", "STATE", "open, stuck or all (open)"),
      Option("--json", "the gateway's own answer"),
    ],
    run: { arguments in
      let run = BookingsRun(arguments: arguments, gateway: try arguments.gateway())
      switch arguments.words.first {
      case "list": try run.list()
      case "show": try run.show()
      case "resume": try run.act("resume")
      case "abandon": try run.act("abandon")
      default: throw UsageError(message: "one of list, show, resume, abandon is needed.")
      }
      return 0
    })
}

/// A saga as the gateway tells it.
private struct BookingRow: Decodable {
  let id, booking, origin, wish, state: String
  let call, problem, changed: String?
  let attempts: Int

  static let header = ["ID", "FROM", "WISH", "STATE", "CALL", "TRIES", "CHANGED", "PROBLEM"]

  var cells: [String] {
    [id, origin, wish, state, call ?? "", String(attempts), changed ?? "", problem ?? ""]
  }
}

private struct BookingRows: Decodable {
  let bookings: [BookingRow]
}

/// One run of `sluss bookings`.
private struct BookingsRun {
  let arguments: Arguments
  let gateway: GatewayClient

  func list() throws {
    try tell(BookingRows.self, gateway.send("GET", "/bookings", [("state", arguments["--state"])])) {
      $0.bookings
    }
  }

  func show() throws {
    for id in try ids() { try tell(BookingRow.self, gateway.send("GET", "/bookings/\(id)")) { [$0] } }
  }

  func act(_ action: String) throws {
    for id in try ids() {
      try tell(BookingRow.self, gateway.send("POST", "/bookings/\(id)/\(action)")) { [$0] }
    }
  }

  private func ids() throws -> [String] {
    let ids = arguments.words.dropFirst()
    guard !ids.isEmpty else { throw UsageError(message: "the id of a saga is needed.") }
    return try ids.map { id in
      guard let escaped = id.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(["-", "."]))
      else {
        throw UsageError(message: "\(id) is no id.")
      }
      return escaped
    }
  }

  private func tell<Told: Decodable>(
    _ type: Told.Type, _ answer: GatewayClient.Answer, _ rows: (Told) -> [BookingRow]
  ) throws {
    if arguments.has("--json") {
      return print(String(decoding: try answer.succeeded(), as: UTF8.self), terminator: "")
    }
    print(TextTable.text(BookingRow.header, rows(try answer.read(type)).map(\.cells)))
  }
}
