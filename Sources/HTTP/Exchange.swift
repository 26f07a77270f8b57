import Synchronization

/// One request and its answer, from the request line to the last byte sent.
///
/// All but ``answer(_:)`` is called on the connection's own server thread only.
final class Exchange: @unchecked Sendable {
  /// Where the answer is.
  private enum Progress {
    case expected
    /// libmicrohttpd has laid the connection aside until somebody answers.
    case suspended(ServedConnection)
    case answered(HTTPResponse)
    case over
  }

  private let progress = Mutex(Progress.expected)
  let watch: ConnectionWatch
  let target: RequestTarget?
  var head: RequestHead?
  var body: [UInt8] = []
  /// Bytes of the body budget that this exchange holds until it ends.
  var taken = 0
  var wasDispatched = false

  init(watch: ConnectionWatch, target: RequestTarget?) {
    self.watch = watch
    self.target = target
  }

  /// Hands the body over; it is never copied again.
  func takeBody() -> [UInt8] {
    defer { body = [] }
    return body
  }

  /// Keeps the first answer and wakes the connection if it sleeps.
  func answer(_ response: HTTPResponse) {
    progress.withLock { progress in
      switch progress {
      case .expected: progress = .answered(response)
      case .suspended(let connection):
        progress = .answered(response)
        connection.resume()
      case .answered, .over: break
      }
    }
  }

  /// Takes the answer if it is there, else lays the connection aside.
  func takeAnswerOrSuspend(_ connection: ServedConnection) -> HTTPResponse? {
    progress.withLock { progress in
      switch progress {
      case .answered(let response):
        progress = .over
        return response
      case .expected:
        connection.suspend()
        progress = .suspended(connection)
        return nil
      case .suspended, .over: return nil
      }
    }
  }

  /// After this nothing touches the connection any more.
  func end() {
    progress.withLock { $0 = .over }
  }
}
