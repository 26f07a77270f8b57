import HTTP

/// On whose behalf a system asks the façade, and what is to be asked of others first.
struct FHIRReader: Sendable {
  /// How long an answer may take, in milliseconds.
  private static let budget: Int64 = 25_000

  /// The person; nil when nobody said.
  var actor: RIVTAActor?
  var needed: [AccessCheck] = []
  /// When it came, in milliseconds since the machine was started.
  var began = Timestamp.ticks()

  /// Where anybody may come, for trying things out: nothing is asked.
  static var unchecked: FHIRReader { FHIRReader() }

  /// Nil for a system that the rules don't name.
  init?(_ request: HTTPRequest, from caller: Caller, _ rules: FHIRRules) {
    guard let consumer = rules.consumers[caller.name ?? FHIRRules.anybody] else { return nil }
    actor = consumer.actor.named(by: request)
    needed = AccessCheck.allCases.filter { !consumer.ownChecks.contains($0) }
  }

  private init() {}

  func remaining(now: Int64 = Timestamp.ticks()) -> Duration {
    .milliseconds(max(0, began + Self.budget - now))
  }
}
