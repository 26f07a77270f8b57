import Cryptography
import Foundation
import HTTP
import MLLP

/// The way to one of the systems, on which a question goes there and an answer comes back.
protocol BookingLine: Sendable {
  /// Asks and waits.
  func ask(_ question: BookingQuestion, within limit: Duration) async -> BookingLineAnswer
  /// Ends what is under way and everything later.
  func close()
}

/// What is asked of a system.
struct BookingQuestion: Sendable {
  let contentType: String
  let body: [UInt8]
  /// The idempotency key.
  let key: String
  let method: String
  /// Behind the target's URL.
  let path: String
}

/// What came back.
enum BookingLineAnswer: Sendable {
  /// An answer; with HTTP's status where there is one.
  case answered(status: Int?, body: [UInt8])
  /// Nobody knows what became of it.
  case unanswered
}

extension TargetConfiguration {
  /// The way to this target; nil when it answers nothing, as a folder does.
  /// - Throws: `HTTPClientError`, when there can be none.
  func bookingLine() throws(HTTPClientError) -> (any BookingLine)? {
    switch way {
    case .directory: return nil
    case .http(let target): return BookingHTTPLine(target: target, client: try HTTPClient())
    case .mllp(let host, let port, let tls):
      do throws(TLSFault) {
        let credentials = try tls.map { files throws(TLSFault) in try RenewableCredentials(files) }
        return BookingMLLPLine(sender: MLLPSender(host: host, port: port, tls: credentials))
      } catch {
        throw .unsent(.unreadableCertificate, reason: "\(host): \(error)")
      }
    }
  }
}

/// Over HTTP.
struct BookingHTTPLine: BookingLine {
  let target: HTTPTarget
  let client: HTTPClient

  func ask(_ question: BookingQuestion, within limit: Duration) async -> BookingLineAnswer {
    var request = target.request
    request.method = question.method
    request.url += question.path
    request.limit = limit
    if let token = target.token {
      guard let value = token.value() else { return .unanswered }
      request.headers.append((name: "Authorization", value: "Bearer \(value)"))
    }
    request.headers.append((name: "Content-Type", value: question.contentType))
    request.headers.append((name: "Idempotency-Key", value: question.key))
    request.body = question.body
    let (client, sent) = (client, request)
    let answer = await withCheckedContinuation { waiter in client.send(sent) { waiter.resume(returning: $0) }
    }
    guard case .success(let answer) = answer else { return .unanswered }
    return .answered(status: answer.status, body: answer.body)
  }

  func close() { client.close() }
}

/// HL7 over MLLP: the answer takes the place of the acknowledgement.
struct BookingMLLPLine: BookingLine {
  private static let threads = DispatchQueue(label: "sluss-booking-mllp", attributes: .concurrent)

  let sender: MLLPSender

  func ask(_ question: BookingQuestion, within limit: Duration) async -> BookingLineAnswer {
    let sender = sender
    return await withCheckedContinuation { waiter in
      Self.threads.async {
        do throws(MLLPError) {
          let answer = try sender.send(question.body, within: limit)
          waiter.resume(returning: .answered(status: nil, body: answer))
        } catch {
          waiter.resume(returning: .unanswered)
        }
      }
    }
  }

  func close() { sender.close() }
}
