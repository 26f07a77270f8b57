/// What somebody is to be told of, from a `sluss.yaml`.
public struct AlertRule: Sendable, Equatable {
  /// What is wrong when it is.
  public enum Condition: Sendable, Equatable {
    /// More deliveries wait for a target than that, or one waits for longer.
    case queue(target: MappingPattern, deeperThan: Int?, olderThan: Duration?)
    /// More deliveries to a target were given up than that, and wait for a person.
    case dead(target: MappingPattern, moreThan: Int)
    /// A larger share than that, from 0 to 1, failed of at least so many in a stretch of time.
    case failures(Subject, moreThan: Double, of: Int, within: Duration)
    /// Nothing was accepted for longer than that, in the hours in which something usually comes.
    case silence(mapping: MappingPattern, named: String, longerThan: Duration, hours: DailyHours?)
    /// A certificate ends that soon.
    case certificate(endsWithin: Duration)
    /// The store failed in that time, or can't be read.
    case store(within: Duration)
  }

  /// What fails.
  public enum Subject: Sendable, Equatable {
    /// Messages of mappings: refused, or not translated.
    case messages(MappingPattern)
    /// Attempts to deliver to targets.
    case attempts(MappingPattern)
  }

  /// Its name.
  public let name: String
  /// What is wrong when it is.
  public let condition: Condition
  /// How long it must be so before it is told.
  public var lasting = Duration.zero
  /// How long all must be well before the end is told.
  public var calm = Duration.seconds(60)
  /// The least time between an end and the next start that is told.
  public var pause = Duration.seconds(900)
  /// The receivers' names.
  public var receivers: [String]

  /// A rule with the usual times.
  public init(_ name: String, _ condition: Condition, receivers: [String] = []) {
    self.name = name
    self.condition = condition
    self.receivers = receivers
  }
}
