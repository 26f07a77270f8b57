import Audit
import Formats
import Foundation
import Store

extension RIVTAEndpoint {
  /// The endpoint of a gateway.
  /// - Parameters:
  ///   - folder: the mappings' folder, where `rivta.yaml` is.
  ///   - services: by the names that `rivta.yaml` uses.
  ///   - record: the audit log; without one nothing is answered, for nothing leaves that is not recorded.
  /// - Throws: `DiagnosticError`, or `HTTPClientError`, when what is configured cannot be.
  init(
    _ folder: String, _ rules: RIVTARules, _ current: CurrentMappings, _ store: any HubStore,
    _ names: HubPseudonyms, _ doorkeeper: Doorkeeper, _ limits: ReadingLimits,
    services: [String: any RIVTAService] = [:], record: Recording? = nil
  ) throws {
    let hub = HubAnswering(
      records: PatientRecords(store: store, names: names), checks: try AccessChecks(rules.checks))
    self.init(
      try RIVTAContracts(folder: folder), rules, current, hub: hub, services: services,
      doorkeeper: doorkeeper, limits: limits, record: record ?? { _ in throw NoAuditLog() })
  }

  private struct NoAuditLog: Error {}
}
