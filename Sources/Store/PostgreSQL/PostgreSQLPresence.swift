import Foundation

/// The thread that shows the other gateways that this one lives, frees what the dead ones had taken, and
/// hears what the others have done.
final class PostgreSQLPresence: @unchecked Sendable {
  private let configuration: PostgreSQLConfiguration
  private let gateway: PostgreSQLGateway
  private let schema: PostgreSQLSchemaWatch
  private let wake: @Sendable (StoreSignal) -> Void
  private let finished = DispatchSemaphore(value: 0)
  /// Set once, before anybody can stop it; weak, since the thread keeps this object.
  private weak var thread: Thread?
  /// Closed to end the thread at once, whatever it waits for.
  private let stopping = Pipe()

  init(
    _ gateway: PostgreSQLGateway, _ configuration: PostgreSQLConfiguration,
    _ schema: PostgreSQLSchemaWatch, wake: @escaping @Sendable (StoreSignal) -> Void
  ) {
    self.gateway = gateway
    self.configuration = configuration
    self.schema = schema
    self.wake = wake
  }

  func start() {
    let thread = Thread { [self] in run() }
    thread.name = "store-presence"
    self.thread = thread
    thread.start()
  }

  /// Ends the thread. To be called once. Waits for the end, unless a signal on the thread itself calls it.
  func stop() {
    try? stopping.fileHandleForWriting.close()
    if Thread.current !== thread { finished.wait() }
  }

  private func run() {
    var pause = 0.05
    while !isStopping(within: 0) {
      do throws(PostgreSQLFailure) {
        let connection = try PostgreSQLConnection(configuration)
        try schema.look(on: connection)
        let channel = try connection.run(PostgreSQLCall(Self.channelSQL)).text(0, 0)
        try connection.script("LISTEN \(channel)")
        pause = 0.05
        try live(on: connection)
      } catch {
        // What was told meanwhile is missed.
        wake(.everything)
        if isStopping(within: pause) { break }
        pause = min(1, pause * 2)
      }
    }
    finished.signal()
  }

  private func live(on connection: PostgreSQLConnection) throws(PostgreSQLFailure) {
    // What was told before listening is missed.
    wake(.everything)
    var next = Self.now
    while !isStopping(within: 0) {
      if Self.now >= next {
        next = Self.now + Double(configuration.lease) / 6_000
        try beat(connection)
      }
      let interruption = stopping.fileHandleForReading.fileDescriptor
      for text in try connection.notifications(within: max(0, next - Self.now), orUntil: interruption) {
        switch text {
        case "": wake(.translations)
        case "\n": wake(.messages)
        default: wake(.deliveries(target: text))
        }
      }
    }
  }

  private func beat(_ connection: PostgreSQLConnection) throws(PostgreSQLFailure) {
    try schema.look(on: connection)
    let dead = "SELECT EXISTS (SELECT FROM gateway WHERE lease_until < clock_timestamp())"
    let answers = try connection.run([gateway.keepAlive, PostgreSQLCall(dead)])
    guard answers[1].flag(0, 0) else { return }
    _ = try connection.run(PostgreSQLWriterLock.transaction([PostgreSQLCall("SELECT bury_the_dead()")]))
  }

  private func isStopping(within seconds: Double) -> Bool {
    var entry = pollfd(
      fd: stopping.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, Int32(seconds * 1_000)) > 0
  }

  private static var now: Double { ProcessInfo.processInfo.systemUptime }

  private static let channelSQL = "SELECT 'sluss_' || quote_ident(current_schema())::regnamespace::oid"
}
