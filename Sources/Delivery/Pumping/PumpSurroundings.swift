import Store

extension TargetPump {
  /// What a pump needs of the world; `random` gives numbers from 0 up to but not 1.
  public struct Surroundings: Sendable {
    let clock: SteadyClock
    let random: @Sendable () -> Double
    let terms: @Sendable (_ route: String) -> any DeliveryTerms
    let audit: Audit
    let tell: @Sendable (DeliveryEvent) -> Void

    /// What the audit log gets with the report of an attempt that ended so, at a time in milliseconds since 1970.
    public typealias Audit = @Sendable (DueDelivery, DeliveryResult, _ time: Int64) -> [NewAuditEntry]

    /// - Parameters:
    ///   - terms: how hard a route's deliveries are tried.
    ///   - audit: the entries that are stored with a report.
    ///   - tell: told of what happens, on any thread; must be short.
    public init(
      clock: SteadyClock, random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
      terms: @escaping @Sendable (_ route: String) -> any DeliveryTerms,
      audit: @escaping Audit = { _, _, _ in [] },
      tell: @escaping @Sendable (DeliveryEvent) -> Void = { _ in }
    ) {
      self.clock = clock
      self.random = random
      self.terms = terms
      self.audit = audit
      self.tell = tell
    }
  }
}
