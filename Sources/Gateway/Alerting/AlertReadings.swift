/// The gateway's figures at a moment, as far as alerts look at them. Nothing of a message is in it.
struct AlertReadings: Sendable {
  /// What waits for a target.
  struct Queue: Sendable, Equatable {
    var waiting = 0
    var dead = 0
    /// When the oldest that waits was made, in milliseconds since 1970, UTC.
    var oldest: Int64?
  }

  /// How many there were since the gateway was started, and how many of them failed.
  struct Tally: Sendable, Equatable {
    var total = 0
    var failed = 0
  }

  /// When it is, in milliseconds since 1970, UTC; never goes back.
  var time: Int64
  /// Since when it has been listened, likewise.
  var began: Int64
  var queues: [String: Queue] = [:]
  /// By mapping.
  var messages: [String: Tally] = [:]
  /// By target.
  var attempts: [String: Tally] = [:]
  /// When the last message of a mapping was accepted, in milliseconds since 1970, UTC.
  var heard: [String: Int64] = [:]
  /// How much of a mapping has come since the gateway was started, whatever became of it.
  var heardCounts: [String: Int] = [:]
  /// When certificates end, likewise, by what they are for.
  var certificates: [String: Int64] = [:]
  /// How often the store has failed since the gateway was started.
  var storeFaults = 0
  var isStoreReadable = true
}
