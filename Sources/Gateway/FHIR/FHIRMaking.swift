import Audit
import Store

extension FHIREndpoint {
  /// The façade of a gateway; nil where nobody said who may read through it, unless anybody may come.
  /// - Throws: `HTTPClientError`, when the services that are asked first can't be.
  init?(
    _ configuration: GatewayConfiguration, _ current: CurrentMappings, _ store: any HubStore,
    _ names: HubPseudonyms, _ log: AuditLog
  ) throws {
    guard configuration.access.isOpen || configuration.fhir != nil else { return nil }
    var blocks: any BlockCheck = NoBlocks()
    if configuration.fhir != nil {
      blocks = HubBlocks(
        current: current, store: store, checks: try AccessChecks(configuration.rivta?.checks ?? [:]))
    }
    self.init(
      current: current, store: store, names: names, gate: LoggedDisclosure(log: log, blocks: blocks),
      rules: configuration.fhir)
  }
}
