/// Deliveries of one target that go one after another.
struct Lane: Hashable, Sendable {
  let target: String
  let name: String
}
