import Audit
import Formats
import Foundation
import Store

extension RIVTAEndpoint {
  /// The endpoint of a gateway.
  /// - Parameters:
  ///   - services: by the names that `rivta.yaml` uses.
  ///   - record: the audit log; without one nothing is answered, for nothing leaves that is not recorded.
  ///   - tell: told of each request that gets a fault.
  /// - Throws: `HTTPClientError`, when what is configured cannot be.
  init(
    _ rules: RIVTARules, _ current: CurrentMappings, _ store: any HubStore,
    _ names: HubPseudonyms, _ doorkeeper: Doorkeeper, _ limits: ReadingLimits,
    services: [String: any RIVTAService] = [:], record: Recording? = nil,
    tell: @escaping @Sendable (RIVTANews) -> Void = { _ in }
  ) throws {
    let hub = HubAnswering(
      records: PatientRecords(store: store, names: names), checks: try AccessChecks(rules.checks))
    self.init(
      rules, current, hub: hub, services: services, doorkeeper: doorkeeper, limits: limits,
      record: record ?? { _ in throw NoAuditLog() }, tell: tell)
  }

  private struct NoAuditLog: Error {}
}
