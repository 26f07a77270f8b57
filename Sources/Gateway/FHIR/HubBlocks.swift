import Audit
import Mapping
import Store

/// Asks the services for blocks, consent and patient relation whether resources may be shown, as the answers
/// to NPÖ ask it about records.
///
/// Patients' names and numbers, and what is about no patient, are no care documentation and not asked about.
/// What nobody answers for is not shown.
struct HubBlocks: BlockCheck {
  let current: CurrentMappings
  let store: any HubStore
  let checks: AccessChecks

  func unblocked(_ disclosure: Disclosure) async throws -> [HubResource] {
    guard !disclosure.reader.needed.isEmpty else { return disclosure.resources }
    guard disclosure.reader.actor?.isComplete == true else { throw DisclosureRefusal.nobody }
    let library = current.served.library
    let cared = disclosure.resources.filter { library.hubRules.resources[$0.type]?.patient != nil }
    var shown = Set(disclosure.resources.map(\.id)).subtracting(cared.map(\.id))
    for (patient, resources) in Dictionary(grouping: cared, by: \.patient) {
      guard let patient, let number = disclosure.patients[patient] else { continue }
      shown.formUnion(try await free(resources, of: patient, number.value, disclosure.reader, library))
    }
    return disclosure.resources.filter { shown.contains($0.id) }
  }

  private func free(
    _ resources: [HubResource], of patient: HubKey, _ number: String, _ reader: FHIRReader,
    _ library: MappingLibrary
  ) async throws -> [HubKey] {
    let owners = try HubOwners(of: patient, library, store)
    let contracts = current.served.contracts
    var records: [CheckedRecord] = []
    var numbers: [HubKey: Range<Int>] = [:]
    for resource in resources {
      let begin = records.count
      records += owners.records(
        of: resource, number: begin, kind: contracts.informationType(of: resource.type))
      numbers[resource.id] = begin..<records.count
    }
    let allowed = try await checks.allowed(
      records, reader.needed,
      CheckedAccess(actor: reader.actor, patient: number, remaining: { reader.remaining() }))
    return numbers.filter { $0.value.allSatisfy(allowed.contains) }.map(\.key)
  }
}
