import Delivery
import Foundation
import HTTP
import Store

/// The pumps of all configured targets. Deliveries to a target that nobody has configured wait.
final class Outbox: Sendable {
  /// How long deliveries under way may take when the gateway stops.
  private static let grace = Duration.seconds(10)

  private let pumps: [String: TargetPump]

  /// - Parameters:
  ///   - own: targets that are the gateway's own parts.
  ///   - comments: keeps what regions remark on claims.
  /// - Throws: `HTTPClientError`, when a target can't be served at all.
  init(
    _ targets: [String: TargetConfiguration], _ store: any DeliveryStore, _ current: CurrentMappings,
    _ auditing: Auditing? = nil, own: [String: any Sink] = [:],
    comments: ClaimComments? = nil,
    now: @escaping @Sendable () -> Int64 = Timestamp.now, tell: @escaping @Sendable (DeliveryEvent) -> Void
  ) throws(HTTPClientError) {
    let clock = SteadyClock(wall: now, ticks: Timestamp.ticks)
    let world = TargetPump.Surroundings(
      clock: clock,
      terms: { route in
        var terms = current.served.terms(of: route)
        if route == SendingRound.answered { terms.hear = comments?.hear }
        return terms
      },
      audit: { auditing?.entries(of: $0, $1, at: $2) ?? [] }, tell: tell)
    var pumps: [String: TargetPump] = [:]
    for (name, target) in targets {
      pumps[name] = TargetPump(
        target: name, atOnce: target.atOnce, sink: try target.sink(), store: store, world)
    }
    for (name, sink) in own {
      pumps[name] = TargetPump(target: name, atOnce: 4, sink: sink, store: store, world)
    }
    self.pumps = pumps
  }

  func start() {
    for pump in pumps.values { pump.start() }
  }

  /// Something was made, or changed by a person, for these targets.
  func wake(_ targets: some Sequence<String>) {
    for target in targets { pumps[target]?.wake() }
  }

  /// Whether nobody answers at a target; `nil` when it is not configured.
  func isDown(_ target: String) -> Bool? { pumps[target]?.isDown }

  /// The targets that are configured.
  var targets: [String] { pumps.keys.sorted() }

  /// Ends all pumps, side by side.
  func stop() {
    let pumps = Array(pumps.values)
    DispatchQueue.concurrentPerform(iterations: pumps.count) { pumps[$0].stop(grace: Self.grace) }
  }
}
