import Store

/// Resources of no meaning.
enum HubSample {
  static func key(_ number: Int) -> HubKey {
    let bytes = (0..<16).map { UInt8(truncatingIfNeeded: number >> (($0 % 4) * 8)) ^ UInt8($0 / 4) }
    return HubKey(
      hexadecimal: String(bytes.flatMap { [$0 >> 4, $0 & 15] }.map { Array("0123456789abcdef")[Int($0)] }))
      ?? HubSample.key(number + 1)
  }

  static func origin(_ time: Int64, by contributor: String = "visits platform") -> HubOrigin {
    HubOrigin(time: time, message: "m\(time)", contributor: contributor, mappingVersion: "1")
  }

  static func put(
    _ id: HubKey, type: String = "Encounter", expected: Int64? = nil, state: HubState = .live,
    time: Int64 = 1, by contributor: String = "visits platform", content: String = "{}",
    index: HubIndex = HubIndex()
  ) -> HubChange {
    .put(
      HubPut(
        id: id, type: type, expected: expected, state: state, origin: origin(time, by: contributor),
        content: Array(content.utf8), index: index,
        statements: [
          HubStatement(contributor: contributor, time: time, message: "m\(time)", content: nil)
        ]))
  }
}

extension HubStore {
  func materials(_ ids: [HubKey]) throws(StoreError) -> HubMaterials { try materials(ids, lists: []) }

  func apply(_ changes: [HubChange]) async -> Result<Void, StoreError> {
    await withCheckedContinuation { waiter in apply(changes) { waiter.resume(returning: $0) } }
  }

  func remove(_ removal: HubRemoval, limit: Int = 1000) async -> Result<Int, StoreError> {
    await withCheckedContinuation { waiter in remove(removal, limit: limit) { waiter.resume(returning: $0) } }
  }
}
