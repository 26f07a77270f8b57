import Synchronization

/// What is counted while the gateway runs, under names and labels that hold nothing of a message.
final class Figures: Sendable {
  /// A figure by its family and its labels' values.
  struct Key: Hashable {
    let family: Family
    let labels: [String]
  }

  /// Figures of one name.
  enum Family: String, CaseIterable {
    case received = "sluss_messages_received"
    case translated = "sluss_messages_translated"
    case attempts = "sluss_delivery_attempts"
    case storeFaults = "sluss_store_faults"
    case removed = "sluss_removed"
    case bookings = "sluss_bookings"
    case engagements = "sluss_engagements"

    var labels: [String] {
      switch self {
      case .received, .translated: ["mapping", "result"]
      case .attempts: ["target", "route", "result"]
      case .storeFaults: []
      case .removed: ["what"]
      case .bookings: ["origin", "wish", "result"]
      case .engagements: ["what"]
      }
    }

    var help: String {
      switch self {
      case .received:
        "Messages by what the sender was told: accepted, repeated, conflict, rejected or unstored."
      case .translated: "Messages by what became of them: translated or failed."
      case .attempts: "Attempts to deliver by how they ended: delivered, retried or dead."
      case .storeFaults: "Batches that the store did not take and that are done again."
      case .removed:
        "What was kept for long enough: messages and deliveries by their contents, resources, versions."
      case .bookings: "Bookings, moves and cancellations by how they ended: accepted, refused or stuck."
      case .engagements:
        "Posts told to the engagement index and deleted there, visits refused, patients reconciled."
      }
    }
  }

  private struct State {
    var counters: [Key: Int] = [:]
    var translation: [String: Histogram] = [:]
    var delivery: [String: Histogram] = [:]
    var alerts: [(alert: String, subject: String)] = []
  }

  private let state = Mutex(State())

  func count(_ family: Family, _ labels: String..., by number: Int = 1) {
    state.withLock { $0.counters[Key(family: family, labels: labels), default: 0] += number }
  }

  /// The alerts that are on, and what each is about.
  var alerts: [(alert: String, subject: String)] {
    get { state.withLock { $0.alerts } }
    set { state.withLock { $0.alerts = newValue } }
  }

  /// How long a translation took.
  func translation(_ mapping: String, seconds: Double) {
    state.withLock { $0.translation[mapping, default: Histogram(Histogram.translation)].add(seconds) }
  }

  /// How long a delivery took from its making to its end at the target.
  func delivery(_ target: String, seconds: Double) {
    state.withLock { $0.delivery[target, default: Histogram(Histogram.delivery)].add(seconds) }
  }

  /// All of them as they are now.
  var now: (counters: [Key: Int], translation: [String: Histogram], delivery: [String: Histogram]) {
    state.withLock { ($0.counters, $0.translation, $0.delivery) }
  }
}

/// How many observations were at most how large.
struct Histogram: Sendable {
  /// The upper limits of the buckets, seconds.
  static let translation = [0.00001, 0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1]
  static let delivery = [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 60, 300, 3600, 86_400]

  let limits: [Double]
  /// One for each limit, and one for all above.
  private(set) var counts: [Int]
  private(set) var sum = 0.0

  init(_ limits: [Double]) {
    self.limits = limits
    counts = Array(repeating: 0, count: limits.count + 1)
  }

  mutating func add(_ value: Double) {
    counts[limits.firstIndex { value <= $0 } ?? limits.count] += 1
    sum += value
  }
}
