public import FHIRPath

/// How what messages tell becomes one record: which resources are kept, how they are told apart and merged,
/// and by what they are found. Read from `store.yaml`; without such a file nothing is kept.
///
/// A class, as rules of resources are: whoever goes by them counts one reference, not one for each part.
public final class HubRules: Sendable {
  /// The rules for the resource types that are kept.
  public let resources: [String: ResourceRule]
  /// When that happened which a message tells: the first formula that gives something, asked of the type's
  /// resources.
  public let times: [TypedFormula]
  /// Which system tells it, likewise.
  public let sources: [TypedFormula]
  /// What is special about the messages of a mapping.
  public let messages: [String: MessageRule]
  /// The elements to which several contributors add.
  public let unions: [UnionRule]
  /// What dates and times mean; those without an offset are of a zone.
  public let calendar: HubCalendar

  init(
    resources: [String: ResourceRule], times: [TypedFormula], sources: [TypedFormula],
    messages: [String: MessageRule], unions: [UnionRule], calendar: HubCalendar
  ) {
    self.resources = resources
    self.times = times
    self.sources = sources
    self.messages = messages
    self.unions = unions
    self.calendar = calendar
  }

  /// Whether nothing is kept.
  public var isEmpty: Bool { resources.isEmpty }
}

/// A formula about resources of a type.
public struct TypedFormula: Sendable {
  /// The FHIR resource type.
  public let type: String
  /// The formula.
  public let formula: Formula
}

/// How resources of a type are kept.
public final class ResourceRule: Sendable {
  /// How one is told from another: the first way that gives something.
  public let keys: [KeyRule]
  /// Whether each source's are its own, whatever their keys.
  public let isOfEachSource: Bool
  /// The reference to the patient, or to something that has one.
  public let patient: Formula?
  /// The references to what it is part of.
  public let partOf: Formula?
  /// Whether it says of itself that it was never right.
  public let nullified: Formula?
  /// By what it is found.
  public let search: [SearchKey]
  /// The elements of which it can have only one, such as `onsetDateTime` and `onsetPeriod` (FHIR R4,
  /// 2.24.0.7).
  public let choices: [Set<String>]

  init(
    keys: [KeyRule], isOfEachSource: Bool, patient: Formula?, partOf: Formula?, nullified: Formula?,
    search: [SearchKey], choices: [Set<String>]
  ) {
    self.keys = keys
    self.isOfEachSource = isOfEachSource
    self.patient = patient
    self.partOf = partOf
    self.nullified = nullified
    self.search = search
    self.choices = choices
  }
}

/// A way to tell resources of a type apart.
public enum KeyRule: Sendable {
  /// By what these formulas give, all of them something.
  case parts([Formula])
  /// By the key of the resource that refers to it so.
  case borrowed(TypedFormula)
}

/// A name by which resources are found.
public struct SearchKey: Sendable {
  /// What its values are.
  public enum Kind: String, Sendable, CaseIterable {
    /// Codes, identifiers, truth values and texts (FHIR R4, 3.1.1.5.6).
    case token
    /// References to other resources (3.1.1.5.7).
    case reference
    /// Days, times and periods (3.1.1.5.4).
    case date
  }

  /// The name.
  public let name: String
  /// What its values are.
  public let kind: Kind
  /// The values.
  public let formula: Formula
  /// Whether it can be asked for without a patient.
  public let isAlone: Bool
  /// Whether what it is part of is found by it too, and the other parts of that.
  public let isLent: Bool
}

/// What is special about the messages of a mapping.
public struct MessageRule: Sendable {
  /// The types of which a message tells all that are part of something, if it tells any.
  public let lists: Set<String>
  /// The types that a message speaks of only in passing: others know them better.
  public let mentions: Set<String>
  /// How long the content is kept; `nil` for ever.
  public let keep: Duration?
  /// The types whose time has to have been over for that long too.
  public let keepAfter: Set<String>
  /// Whether what it tells only goes on, and the hub does not remember it.
  public let isPassedOn: Bool
}

/// An element to which several contributors add.
public struct UnionRule: Sendable {
  /// Its names from the resource on.
  public let path: [String]
  /// The members by which two of its items are the same; empty when all of them count.
  public let alike: [String]
}
