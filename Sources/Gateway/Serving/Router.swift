import HTTP
import Store

/// Which endpoint answers which request.
struct Router: Sendable {
  let receive: ReceiveEndpoint
  let messages: MessageEndpoint
  let messageList: MessageListEndpoint
  let skipping: MessageSkipEndpoint
  let deliveries: DeliveryEndpoint
  let targets: TargetEndpoint
  let replay: ReplayEndpoint
  let metrics: MetricsEndpoint
  let health: HealthEndpoint
  let backup: BackupEndpoint
  /// Nil when nothing is answered over RIV-TA.
  var rivta: RIVTAEndpoint?
  /// Nil where bookings are not made everywhere.
  var bookings: BookingEndpoint?
  /// Finance's.
  var billing: BillingEndpoint?
  let doorkeeper: Doorkeeper
  let logging: AccessLogging
  /// Nil where the hub is not shown.
  var fhir: FHIREndpoint?

  init(
    _ intake: Intake, _ translation: MessageTranslation, _ store: any WholeStore,
    _ outbox: Outbox, _ doorkeeper: Doorkeeper, _ auditing: Auditing? = nil, backups: String = "backups"
  ) {
    let current = translation.current
    logging = AccessLogging(auditing: auditing, current: current, store: store)
    receive = ReceiveEndpoint(intake)
    messages = MessageEndpoint(current: current, store: store)
    messageList = MessageListEndpoint(
      current: current, store: store, systems: doorkeeper.access.accounts.map(\.name))
    skipping = MessageSkipEndpoint(store: store, logging: logging)
    deliveries = DeliveryEndpoint(
      store: store, remaking: DeliveryRemaking(translation: translation, store: store),
      pseudonyms: translation.pseudonyms, outbox: outbox, logging: logging)
    targets = TargetEndpoint(store: store, outbox: outbox)
    replay = ReplayEndpoint(translation, store, outbox, logging)
    metrics = MetricsEndpoint(figures: intake.figures, current: current, store: store, outbox: outbox)
    health = HealthEndpoint(current: current)
    backup = BackupEndpoint(store: store, folder: backups)
    self.doorkeeper = doorkeeper
  }

  /// - Parameter request: one that the doorkeeper has admitted.
  func handle(_ request: HTTPRequest, _ reply: HTTPReply) {
    if request.path.hasPrefix("/rivta/") {
      guard let rivta else { return reply.send(.nothingHere) }
      return rivta.handle(request, reply)
    }
    let caller = doorkeeper.caller(of: request)
    if let name = request.path.rest(behind: "/in/") {
      guard request.method == "POST" else { return reply.send(.notAllowed("POST")) }
      return receive.handle(request, mapping: name, from: caller, reply)
    }
    let parts = request.path.split(separator: "/").map(String.init)
    if parts.first == "billing", let billing { return billing.handle(request, parts, from: caller, reply) }
    if parts.first == "fhir", let fhir { return fhir.handle(request, parts, from: caller, reply) }
    if parts.first == "bookings", let bookings { return bookings.handle(request, parts, from: caller, reply) }
    switch (request.method, parts.first, parts.count) {
    case ("POST", "deliveries", 3):
      guard let number = Int64(parts[1]) else { return reply.send(.nothingHere) }
      deliveries.act(parts[2], on: number, request, from: caller, reply)
    case ("POST", "messages", 3) where parts[2] == "skip":
      skipping.skip(parts[1], request, from: caller, reply)
    case ("POST", "backup", 1): backup.answer(reply)
    case ("POST", "replay", 1): replay.answer(request, from: caller, reply)
    case ("GET", _, _):
      let response = get(parts, request, caller)
      guard let message = shownMessage(parts) else { return reply.send(response) }
      logging.send(response, of: message, to: caller, reply)
    case (_, "replay", _), (_, "backup", _): reply.send(.notAllowed("POST"))
    default: reply.send(isKnown(parts.first) ? .notAllowed("GET") : .nothingHere)
    }
  }

  private func get(_ parts: [String], _ request: HTTPRequest, _ caller: Caller) -> HTTPResponse {
    switch (parts.first, parts.count) {
    case ("messages", 1): messageList.list(request, for: caller)
    case ("messages", 3) where parts[2] == "trace": messageList.trace(parts[1], for: caller)
    case ("messages", 2...):
      messages.answer(
        parts.dropFirst().joined(separator: "/"), to: caller, accept: request.header("Accept"))
    case ("deliveries", 1): deliveries.list(request, for: caller)
    case ("deliveries", 2...4): delivery(parts, caller)
    case ("targets", 1): targets.answer()
    case ("metrics", 1): metrics.answer()
    case ("health", 1): health.answer(to: caller)
    case ("replay", 1): .notAllowed("POST")
    default: .nothingHere
    }
  }

  /// The message that an answer shows something of, other than its way.
  private func shownMessage(_ parts: [String]) -> String? {
    switch (parts.first, parts.count) {
    case ("messages", 2): parts[1]
    case ("messages", 3...): parts[2] == "trace" ? nil : parts[1]
    case ("deliveries", 3...): Int64(parts[1]).flatMap(message(ofDelivery:))
    default: nil
    }
  }

  private func message(ofDelivery number: Int64) -> String? {
    try? logging.store.delivery(number)?.message
  }

  private func delivery(_ parts: [String], _ caller: Caller) -> HTTPResponse {
    guard let number = Int64(parts[1]) else { return .nothingHere }
    switch parts.dropFirst(2).first {
    case nil: return deliveries.show(number, for: caller)
    case "body": return deliveries.body(number, edition: parts.dropFirst(3).first, for: caller)
    default: return parts.count == 3 ? .notAllowed("POST") : .nothingHere
    }
  }

  private func isKnown(_ name: String?) -> Bool {
    ["messages", "deliveries", "targets", "metrics", "health"].contains(name)
  }
}

extension HTTPResponse {
  fileprivate static let nothingHere = problem(404, "there is nothing here")
}

extension String {
  /// What stands behind a prefix, if it stands there and is not empty.
  fileprivate func rest(behind prefix: String) -> String? {
    hasPrefix(prefix) && count > prefix.count ? String(dropFirst(prefix.count)) : nil
  }
}
