/// The configured limits on slowness, in nanoseconds.
struct Deadlines: Sendable {
  let header, body, answer, idle, bodyBytesPerSecond: Int64

  init(_ configuration: HTTPConfiguration) {
    header = configuration.headerDeadline.nanoseconds
    body = configuration.bodyDeadline.nanoseconds
    answer = configuration.answerDeadline.nanoseconds
    idle = configuration.idleDeadline.nanoseconds
    bodyBytesPerSecond = Int64(max(1, configuration.minimumBodyBytesPerSecond))
  }
}
