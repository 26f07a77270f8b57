/// Which resources are looked for.
public struct HubQuery: Sendable {
  /// Where it is looked: under any of these keys, each a patient's or an entry (see ``HubIndex``).
  public var under: [HubKey]
  /// The FHIR resource type; `nil` for all.
  public var type: String?
  /// They must have at least one key of each group, as entry or otherwise.
  public var groups: [[HubKey]] = []
  /// For each of these they must have a time of that name that has a moment in common with it.
  public var ranges: [HubRange] = []
  /// What the times that they are ordered by must have a moment in common with; `nil` for anything.
  public var span: ClosedRange<Int64>?
  /// The states that count.
  public var states: Set<HubState> = [.live, .nullified]

  /// All resources under any of these keys that are not withdrawn.
  public init(under: [HubKey], type: String? = nil) {
    self.under = under
    self.type = type
  }
}

/// Some of the resources that were looked for: by type, and the newest of a type first.
public struct HubPage: Sendable {
  /// The last resource of a page, so that the next one goes on behind it.
  public struct Cursor: Sendable, Equatable {
    let type, start, number: Int64

    /// The cursor as text for an address.
    public var text: String { "\(type).\(start).\(number)" }

    init(type: Int64, start: Int64, number: Int64) {
      self.type = type
      self.start = start
      self.number = number
    }

    /// The cursor that ``text`` wrote; `nil` for any other text.
    public init?(text: String) {
      let parts = text.split(separator: ".").map { Int64($0) }
      guard parts.count == 3, let type = parts[0], let start = parts[1], let number = parts[2] else {
        return nil
      }
      self.init(type: type, start: start, number: number)
    }
  }

  /// The page's resources.
  public let resources: [HubResource]
  /// Where the next page begins; `nil` when this one is the last.
  public let next: Cursor?
}
