import Dispatch
import MLLP

/// Sends deliveries as HL7 v2 messages over MLLP and takes their acknowledgements (HL7 v2.5.1, section 2.9.2).
public final class MLLPSink: Sink {
  private let senders: SenderPool
  private let queue: DispatchQueue

  /// A sink that has as many connections as deliveries are under way at once.
  /// - Parameter connect: makes a sender, which connects when it first sends.
  public init(connect: @escaping @Sendable () -> MLLPSender) {
    senders = SenderPool(connect)
    queue = DispatchQueue(label: "sluss-mllp", attributes: .concurrent)
  }

  /// Sends the message and waits for its acknowledgement on a thread of the system's.
  public func send(_ outgoing: Outgoing, completion: @escaping @Sendable (SinkOutcome) -> Void) {
    queue.async { [senders] in
      completion(senders.lend { Self.send(outgoing, over: $0) })
    }
  }

  /// Closes the connections.
  public func close() {
    senders.close()
  }

  private static func send(_ outgoing: Outgoing, over sender: MLLPSender) -> SinkOutcome {
    do throws(MLLPError) {
      return outcome(of: try sender.send(outgoing.body, within: outgoing.timeout), for: outgoing.body)
    } catch .notSent(.notFramable) {
      return .refused(problem: MLLPError.notSent(.notFramable).description)
    } catch {
      return .unanswered(problem: error.description)
    }
  }

  /// The receiver's own words stay out of the problem, since they may quote the patient's data.
  private static func outcome(of answer: [UInt8], for message: [UInt8]) -> SinkOutcome {
    guard let acknowledgement = Acknowledgement(answer) else {
      return .busy(problem: "the answer is not an acknowledgement")
    }
    guard acknowledgement.answers(message) else {
      return .busy(problem: "the acknowledgement is another message's")
    }
    let code = acknowledgement.code.rawValue
    let error = acknowledgement.errorCode.map { ", error \($0.rawValue)" } ?? ""
    return switch acknowledgement.outcome {
    case .accepted: .delivered
    case .error(mayRetry: true): .busy(problem: "the receiver answers \(code)\(error)")
    case .error(mayRetry: false), .rejected: .refused(problem: "the receiver answers \(code)\(error)")
    }
  }
}
