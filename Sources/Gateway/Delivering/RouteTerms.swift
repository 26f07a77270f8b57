import Delivery
import Mapping

extension DeliveryPolicy: DeliveryTerms {
  /// Whether a dead delivery holds back later ones of its order.
  public var holdsLane: Bool { whenDead == .hold }
}

/// How hard a route's deliveries are tried, and what their answers must say.
struct RouteTerms: DeliveryTerms {
  var policy = DeliveryPolicy()
  /// `nil` when the status says all.
  var judgement: AnswerJudgement?
  /// Hears each answer with the key of its delivery before it is judged.
  var hear: (@Sendable (_ key: String, _ answer: [UInt8]) -> Void)?

  var timeout: Duration { policy.timeout }
  var giveUpAfter: Duration { policy.giveUpAfter }
  var mostAttempts: Int? { policy.mostAttempts }
  var holdsLane: Bool { policy.holdsLane }
  var success: [ClosedRange<Int>] { policy.success }

  func pause(after attempts: Int, random: Double) -> Duration {
    policy.pause(after: attempts, random: random)
  }

  func outcome(ofAnswer body: [UInt8]) -> SinkOutcome { judgement?.outcome(of: body) ?? .delivered }

  func outcome(ofAnswer body: [UInt8], to key: String) -> SinkOutcome {
    hear?(key, body)
    return outcome(ofAnswer: body)
  }
}
