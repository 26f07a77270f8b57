/// What finance asks for: an action with its words and options, as the command line and the gateway's routes have
/// them.
public struct BillingWish: Sendable {
  /// What can be asked for.
  public enum Action: String, CaseIterable, Sendable {
    case preview, close, open, list, show, reopen, send, work, explain, reprice, pay, status, reconcile

    /// Whether it changes something.
    public var changes: Bool {
      switch self {
      case .close, .reopen, .send, .reprice, .pay, .status, .reconcile: true
      case .preview, .open, .list, .show, .work, .explain: false
      }
    }
  }

  /// What is to be done.
  public let action: Action
  /// A batch's number, a record's, a state.
  public let words: [String]
  /// `month`, `debtor`, `issued`, `reason`.
  public let options: [String: String]
  /// A file that finance brings.
  public let file: [UInt8]

  /// A wish with these parts.
  public init(_ action: Action, words: [String] = [], options: [String: String] = [:], file: [UInt8] = []) {
    self.action = action
    self.words = words
    self.options = options
    self.file = file
  }
}

/// What comes of it.
public struct BillingAnswer: Sendable, Equatable {
  /// In lines for people.
  public var lines: [String]
  /// For machines: an object in JSON with the same, `lines` and `clean` among its members.
  public let json: [UInt8]
  /// Whether nothing is left that somebody should look at.
  public let isClean: Bool
  /// The batches that were closed, by their numbers.
  public let closed: [Int64]
  /// Whom it shows: the numbers and systems of patients.
  public let patients: [BillingPatient]

  init(
    _ lines: [String], _ members: [(name: String, json: String)] = [], isClean: Bool = true,
    closed: [Int64] = [], patients: [BillingPatient] = []
  ) {
    self.lines = lines
    self.isClean = isClean
    self.closed = closed
    self.patients = patients
    var object = JSONObjectText()
    object.add("clean", isClean)
    object.add("lines", json: JSONObjectText.list(lines.map(JSONObjectText.text)))
    for member in members { object.add(member.name, json: member.json) }
    json = object.bytes
  }
}

/// A patient that an answer shows something of.
public struct BillingPatient: Sendable, Hashable {
  /// What kind of number it is, a URI.
  public let system: String
  /// The number.
  public let number: String
}

/// Why there is no answer.
public enum BillingRefusal: Error, Sendable, Equatable, CustomStringConvertible {
  /// The wish can't be understood.
  case unclear(String)
  /// There is no such batch or record.
  case nothing(String)

  /// In words.
  public var description: String {
    switch self {
    case .unclear(let text), .nothing(let text): text
    }
  }
}
