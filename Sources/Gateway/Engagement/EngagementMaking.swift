import Store

extension EngagementWorker {
  /// The worker of a gateway.
  /// - Parameter bell: rung by whoever records messages.
  /// - Throws: `HTTPClientError`, when the index can't be asked at all.
  convenience init(
    _ configuration: EngagementConfiguration, _ current: CurrentMappings, _ store: any HubStore & KeptStore,
    _ bell: EngagementBell, _ figures: Figures, tell: @escaping @Sendable (GatewayEvent) -> Void
  ) throws {
    let reporting = EngagementReporting(figures, tell: tell)
    var index = EngagementIndex(current: current, store: store, tell: reporting.note)
    index.rules.most = configuration.most
    let night = try configuration.findContent.map { target in
      let asking = try EngagementAsking(target)
      return EngagementNight(
        reconciliation: EngagementReconciliation(
          index: index, domains: configuration.domains,
          sources: Set(configuration.sources.map { $0.uppercased() }), ask: { try asking.ask($0) }),
        time: configuration.reconcileAt)
    }
    self.init(index, night, bell)
  }
}
