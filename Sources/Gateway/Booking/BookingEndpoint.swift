import Booking
import HTTP
import Store

/// `GET /bookings`, `GET /bookings/ID`, `POST /bookings/ID/resume` and `…/abandon`: the sagas that are not
/// done, and what a person does to one that is stuck. Nothing shown is a patient's.
struct BookingEndpoint: Sendable {
  private static let threads = QueueExecutor(label: "sluss-bookings-asked", isConcurrent: true)

  let worker: BookingWorker
  let log: @Sendable (_ action: String, BookingSaga, Caller, @escaping @Sendable (Bool) -> Void) -> Void

  /// The mapping for which somebody must have the right to see, or to act.
  let mapping: String

  func handle(_ request: HTTPRequest, _ parts: [String], from caller: Caller, _ reply: HTTPReply) {
    let right: Right = request.method == "POST" ? .rerun : .see
    guard caller.may(right, on: mapping) else {
      return reply.send(.problem(403, "you may not \(right == .see ? "see" : "change") bookings"))
    }
    switch (request.method, parts.count) {
    case ("GET", 1): reply.send(list(request))
    case ("GET", 2): reply.send(show(parts[1]))
    case ("POST", 3): act(parts[2], on: parts[1], from: caller, reply)
    default: reply.send(.notAllowed(parts.count == 3 ? "POST" : "GET"))
    }
  }

  private func list(_ request: HTTPRequest) -> HTTPResponse {
    do {
      let wish = request.query("state") ?? "open"
      guard ["open", "stuck", "all"].contains(wish) else {
        return .problem(400, "state is one of open, stuck and all")
      }
      let rows =
        wish == "all"
        ? try worker.ledger.sagas(limit: 1000).map { ($0, nil as Int64?) }
        : try worker.ledger.open().map { ($0.saga, Optional($0.changed)) }
      let shown = rows.filter { wish != "stuck" || $0.0.stuck != nil }
      return .tree(.object([("bookings", .array(shown.map { Self.tree($0.0, $0.1) }))]))
    } catch { return .unreadableStore }
  }

  private func show(_ id: String) -> HTTPResponse {
    do {
      guard let saga = try worker.ledger.saga(id) else { return .problem(404, "there is no such saga") }
      return .tree(Self.tree(saga, nil))
    } catch { return .unreadableStore }
  }

  private func act(_ action: String, on id: String, from caller: Caller, _ reply: HTTPReply) {
    guard let saga = try? worker.ledger.saga(id) else {
      return reply.send(.problem(404, "there is no such saga"))
    }
    guard ["resume", "abandon"].contains(action) else {
      return reply.send(.problem(404, "a saga is resumed or abandoned"))
    }
    log(action, saga, caller) { [self] isLogged in
      guard isLogged else {
        return reply.send(.problem(503, "the access could not be logged, so nothing is done"))
      }
      Task(executorPreference: Self.threads) { reply.send(await perform(action, saga)) }
    }
  }

  private func perform(_ action: String, _ saga: BookingSaga) async -> HTTPResponse {
    let id = saga.intent.id
    do {
      let isDone =
        action == "resume"
        ? try await worker.ledger.resume(id) : try await worker.ledger.abandon(id, because: "taken back")
      guard isDone else {
        return .problem(409, action == "resume" ? "it is not stuck" : "it can't be taken back any more")
      }
      worker.drive(saga.intent.booking)
      return show(id)
    } catch StoreError.stale {
      return .problem(409, "it went on just now; look again")
    } catch { return .unreadableStore }
  }

  private static func tree(_ saga: BookingSaga, _ changed: Int64?) -> JSONTree {
    var members: [(name: String, value: JSONTree)] = [
      ("id", .text(saga.intent.id)), ("booking", .text(saga.intent.booking)),
      ("origin", .text(saga.intent.origin.rawValue)), ("wish", .text(saga.intent.wish.word)),
      ("state", .text(saga.state)), ("call", .text(saga.awaited?.word)), ("calls", .number(saga.calls)),
      ("attempts", .number(saga.attempts)),
    ]
    if let stuck = saga.stuck { members.append(("problem", .text(stuck))) }
    if let changed { members.append(("changed", .text(Timestamp.text(milliseconds: changed)))) }
    return .object(members)
  }
}

extension BookingSaga {
  /// `open`, `stuck`, `accepted` or `refused`.
  var state: String {
    guard isEnded else { return stuck == nil ? "open" : "stuck" }
    return outcome == .accepted ? "accepted" : "refused"
  }
}

extension HTTPResponse {
  fileprivate static func tree(_ tree: JSONTree) -> HTTPResponse {
    .json(200, String(decoding: tree.bytes, as: UTF8.self))
  }
}
