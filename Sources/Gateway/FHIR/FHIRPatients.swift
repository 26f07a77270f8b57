import Audit
import Mapping
import Store

/// Tells whose resources are, by the numbers that the hub's rules tell patients apart by.
struct FHIRPatients {
  static let type = "Patient"

  let library: MappingLibrary
  let store: any HubStore

  /// The numbers of the patients whom resources are about, by the patient's name.
  func identifiers(of resources: [HubResource]) throws -> [HubKey: PatientIdentifier] {
    let own = resources.filter { $0.type == Self.type }
    let others = Set(resources.compactMap(\.patient)).subtracting(own.map(\.id))
    let patients = own + (try store.resources(Array(others)))
    let tree = HubTree(library)
    tree.begin(now: "")
    var found: [HubKey: PatientIdentifier] = [:]
    for patient in patients { found[patient.id] = try identifier(of: patient, tree) }
    return found
  }

  /// The first way of the rules to tell patients apart that gives an identifier.
  private func identifier(of patient: HubResource, _ tree: HubTree) throws -> PatientIdentifier? {
    let node = try tree.read(patient.content, named: "hub")
    for case .parts(let formulas) in library.hubRules.resources[Self.type]?.keys ?? [] {
      for value in try formulas.flatMap({ try tree.values($0, of: node) }) {
        if case .identifier(let system?, let value) = value {
          return PatientIdentifier(system: tree.string(system), value: tree.string(value))
        }
      }
    }
    return nil
  }
}
