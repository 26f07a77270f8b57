/// What a system may be allowed to do; nothing follows from another.
public enum Right: String, Sendable, CaseIterable {
  /// To hand in messages for a mapping.
  case push
  /// To see that messages of a mapping are there, and what became of them.
  case see
  /// To see what stands in them, and everything that is made from it.
  case seeBodies = "see-bodies"
  /// To have them translated or delivered once more, changed or skipped.
  case rerun
  /// To read the gateway's figures and the versions of its mappings.
  case metrics
  /// To see and close what other regions are billed.
  case billing
  /// To do what concerns the gateway as a whole.
  case admin

  /// Whether it is given for mappings, and not for the gateway.
  public var isForMappings: Bool { ![.metrics, .billing, .admin].contains(self) }
}
