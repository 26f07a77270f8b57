import Billing
import Diagnostics
import Mapping

/// The mappings of messages that the gateway makes itself: of what it did, bills or found out. That nobody else can hand
/// in such messages stands in the mappings' files, `sender: sluss`; this sees to it that it stands there.
public enum OwnMappings {
  private static let names = [
    AccessForwarding.mapping, Auditing.mapping, BatchSender.mapping, VisitBilling.mapping,
    RegisterAnswer.mapping,
  ]

  /// What is wrong with those that a folder has.
  public static func faults(_ library: MappingLibrary) -> [Diagnostic] {
    Set(names).sorted().filter { library.mappings[$0]?.isOwn == false }.map {
      Diagnostic(
        .missingKey(key: "sender", what: "a mapping of what the gateway itself has done"),
        at: Place(file: "\($0).map.yaml", line: 1, column: 1))
    }
  }
}
