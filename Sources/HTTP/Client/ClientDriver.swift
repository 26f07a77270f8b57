import CCurl
import Foundation

/// The one thread that drives all transfers of a client.
final class ClientDriver: @unchecked Sendable {
  private static let sweepEvery: Int64 = 50_000_000

  private let configuration: HTTPClientConfiguration
  private let queue: TransferQueue
  private let multi: MultiHandle
  private let finished = DispatchSemaphore(value: 0)
  private var lanes: Lanes
  private var running: [UnsafeMutableRawPointer: (easy: EasyHandle, transfer: Transfer)] = [:]
  /// Handles between two transfers.
  private var spare: [EasyHandle] = []
  private var nextSweep = MonotonicClock.now
  /// Set once, before anybody can stop it; weak, since the thread keeps this object.
  private weak var thread: Thread?

  init(_ configuration: HTTPClientConfiguration, multi: MultiHandle, queue: TransferQueue) {
    self.configuration = configuration
    self.multi = multi
    self.queue = queue
    lanes = Lanes(perHost: configuration.maximumConnectionsPerHost, total: configuration.maximumConnections)
  }

  func start() {
    let thread = Thread { [self] in run() }
    thread.name = "http-client"
    self.thread = thread
    thread.start()
  }

  /// Waits until the closed queue has ended the thread, unless it is the thread itself that asks.
  func awaitEnd() {
    if Thread.current !== thread { finished.wait() }
  }

  private func run() {
    while !queue.isClosed { step() }
    for transfer in queue.take(waiting: 0) ?? [] { lanes.add(transfer) }
    cancelAll()
    spare = []
    multi.end()
    finished.signal()
  }

  private func step() {
    for transfer in queue.take(waiting: lanes.waiting) ?? [] { lanes.add(transfer) }
    while let transfer = lanes.next() { begin(transfer) }
    do throws(HTTPClientError) {
      try multi.perform()
      while let (easy, code) = multi.nextFinished() { finish(easy, code) }
      sweep()
      guard !queue.isClosed else { return }
      try multi.wait(milliseconds: lanes.isReady ? 0 : lanes.waiting > 0 ? 50 : 60_000)
    } catch {
      fail(error)
    }
  }

  // MARK: one transfer

  private func begin(_ transfer: Transfer) {
    let patience = transfer.deadline - MonotonicClock.now
    guard patience > 0 else { return end(transfer, .failure(.waitedTooLong)) }
    do throws(HTTPClientError) {
      try transfer.request.checkFiles()
      let easy = try takeHandle()
      try easy.prepare(for: transfer, configuration: configuration, patience: .nanoseconds(patience))
      try multi.add(easy)
      running[easy.pointer] = (easy, transfer)
    } catch {
      end(transfer, .failure(error))
    }
  }

  private func finish(_ pointer: UnsafeMutableRawPointer, _ code: CURLcode) {
    guard let (easy, transfer) = running.removeValue(forKey: pointer) else { return }
    let result = TransferVerdict(transfer: transfer, easy: easy, code: code).result
    putAside(easy)
    end(transfer, result)
  }

  private func end(_ transfer: Transfer, _ result: Result<HTTPClientAnswer, HTTPClientError>) {
    lanes.finished(transfer)
    transfer.completion(result)
  }

  private func takeHandle() throws(HTTPClientError) -> EasyHandle {
    if let easy = spare.popLast() { return easy }
    return try EasyHandle()
  }

  private func putAside(_ easy: EasyHandle) {
    multi.remove(easy)
    easy.reset()
    spare.append(easy)
  }

  // MARK: many transfers

  /// Ends those whose time went by while they waited; libcurl sees to the others.
  private func sweep() {
    let now = MonotonicClock.now
    guard lanes.waiting > 0, now >= nextSweep else { return }
    nextSweep = now + Self.sweepEvery
    for transfer in lanes.take(where: { $0.deadline <= now }) {
      transfer.completion(.failure(.waitedTooLong))
    }
  }

  /// libcurl as a whole has failed: whoever waits for it is told.
  private func fail(_ error: HTTPClientError) {
    endRunning { transfer in
      guard transfer.isSent, case .unsent(_, let reason) = error else { return error }
      return .uncertain(.engine, reason: reason)
    }
    usleep(10_000)
  }

  private func cancelAll() {
    for transfer in lanes.take(where: { _ in true }) {
      transfer.completion(.failure(.closed))
    }
    endRunning { $0.isSent ? .uncertain(.cancelled, reason: "the client was closed meanwhile") : .closed }
  }

  private func endRunning(_ error: (Transfer) -> HTTPClientError) {
    let ended = Array(running.values)
    running = [:]
    for (easy, _) in ended { putAside(easy) }
    for (_, transfer) in ended { end(transfer, .failure(error(transfer))) }
  }
}

extension HTTPClientError {
  static let closed = unsent(.closed, reason: "the client is closed")
  fileprivate static let waitedTooLong = unsent(.waitedTooLong, reason: "the time went by in the queue")
}
