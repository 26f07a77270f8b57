import Diagnostics
import Dispatch
import MLLP
import Mapping

/// One MLLP entrance: takes HL7 messages in and acknowledges them when they are committed.
///
/// MSH-10 together with MSH-3 and MSH-4 is the sender's own id. The acknowledgement of a committed message
/// follows from the message and its id here alone, so a repeated message gets the same bytes again.
struct MLLPEndpoint: Sendable {
  let entrance: MLLPEntrance
  let intake: Intake
  let doorkeeper: Doorkeeper
  /// Checking a large message would hold up the listener's one thread.
  private let queue = DispatchQueue(label: "sluss-mllp")

  init(_ entrance: MLLPEntrance, _ intake: Intake, _ doorkeeper: Doorkeeper) {
    (self.entrance, self.intake, self.doorkeeper) = (entrance, intake, doorkeeper)
  }

  func handle(_ message: MLLPMessage, _ reply: MLLPReply) {
    queue.async { take(message, reply) }
  }

  private func take(_ message: MLLPMessage, _ reply: MLLPReply) {
    let caller = doorkeeper.caller(of: message.peer)
    let served = intake.current.served
    do throws(HL7Refusal) {
      let (header, entry) = try find(message.bytes, served)
      guard caller.may(.push, on: entry.mapping.name), !entry.mapping.isOwn else { throw .notAllowed }
      let key = "\(header.sendingApplication)|\(header.sendingFacility)|\(header.controlID)"
      intake.take(message.bytes, entry, of: served, key: { _ in caller.key(key) }) { outcome in
        answer(message.bytes, outcome.verdict, id: outcome.id, reply)
      }
    } catch {
      answer(message.bytes, error.verdict, id: nil, reply)
    }
  }

  private func find(
    _ bytes: [UInt8], _ served: ServedMappings
  ) throws(HL7Refusal) -> (HL7Header, ServedMappings.Entry) {
    guard let header = HL7Header(bytes) else { throw .noHeader }
    guard !header.controlID.isEmpty else { throw .noControlID }
    guard let name = entrance.mapping(of: header), let entry = served.mappings[name] else { throw .noMapping }
    return (header, entry)
  }

  /// - Parameter id: the message's id here; nil when it has none, and the acknowledgement gets one of its
  ///   own.
  private func answer(_ bytes: [UInt8], _ verdict: AcknowledgementVerdict, id: String?, _ reply: MLLPReply) {
    let id = id ?? Timestamp.identifier(milliseconds: Timestamp.now())
    let acknowledgement = Acknowledgement.answering(
      bytes, verdict, mode: entrance.acknowledgements, controlID: HL7Identifier.text(id),
      time: HL7Identifier.time(id))
    acknowledgement.map(reply.send) ?? reply.sendNothing()
  }
}

/// Why a message is refused before it is looked into.
private enum HL7Refusal: Error {
  case noHeader, noControlID, noMapping, notAllowed

  var verdict: AcknowledgementVerdict {
    switch self {
    case .noHeader: .rejected(.segmentSequence, "The message does not begin with MSH")
    case .noControlID: .rejected(.requiredField, "MSH-10 is empty")
    case .noMapping: .rejected(.unsupportedMessageType, "No mapping takes this message type here")
    case .notAllowed: .rejected(.unsupportedMessageType, "This sender may not send this message type")
    }
  }
}

extension Intake.Outcome {
  fileprivate var id: String? {
    switch self {
    case .accepted(let id), .repeated(let id), .conflict(let id): id
    case .refused(_, let id): id
    case .overloaded, .notStored: nil
    }
  }

  /// A content that cannot be read is rejected; one that can, and is wrong, is in error.
  fileprivate var verdict: AcknowledgementVerdict {
    switch self {
    case .accepted, .repeated: return .accepted
    case .conflict: return .rejected(.duplicateKey, "MSH-10 was used before for another message")
    case .overloaded: return .error(.recordLocked, "Too much waits to be stored; send it again")
    case .notStored: return .error(.internalError, "The message could not be stored; send it again")
    case .refused(let diagnostics, _):
      let isUnreadable = diagnostics.contains { $0.code.rawValue.hasPrefix("SL01") }
      let text = diagnostics.first.map { "\($0.code.rawValue) \($0.problem.wording.title)" } ?? ""
      return isUnreadable ? .rejected(.segmentSequence, text) : .error(.dataType, text)
    }
  }
}
