public import Documents

/// Makes random FHIR Bundles of the resources that a mapping is about, in which its lines find something: for those who
/// try what a mapping writes.
public struct HubGenerator {
  private var samples: LawSamples
  private var number = 0

  /// A generator for what a mapping reads on the way out; the same seed makes the same Bundles.
  public init?(for mapping: Mapping, of study: MappingStudy, seed: UInt64) {
    guard let checked = study.checked(mapping) else { return nil }
    samples = LawSamples(checked, study.files.shapes, study.files.tables, seed: seed)
  }

  /// Adds one Bundle and returns its root; sparse and full ones in turn.
  public mutating func next(into forest: inout Forest) -> NodeID {
    samples.setHabits(number)
    number += 1
    return samples.make(.hub, into: &forest)
  }
}
