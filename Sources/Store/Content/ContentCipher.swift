/// How content is stored: encrypted where its message's row names the day of a key, else as it is.
struct ContentCipher: Sendable {
  /// Nil where no keys were given.
  let keys: ContentKeys?

  // MARK: writing

  /// A delivery with its body as it is to be stored.
  func stored(_ delivery: NewDelivery, of name: ContentKeyName?) throws(StoreError) -> NewDelivery {
    guard let name else { return delivery }
    var delivery = delivery
    delivery.body = try given(name).seal(delivery.body, as: delivery.key, name)
    return delivery
  }

  /// What a person wants with a delivery, with a new body likewise.
  /// - Parameter find: looks for the delivery.
  func stored(
    _ interventions: [DeliveryIntervention], of find: () throws(StoreError) -> StoredDelivery?
  ) throws(StoreError) -> [DeliveryIntervention] {
    guard interventions.contains(where: \.replacesBody), let delivery = try find(),
      let name = delivery.contentKey
    else { return interventions }
    return try interventions.map { intervention throws(StoreError) in
      guard case .replaceBody(let contentType, let bytes) = intervention else { return intervention }
      return .replaceBody(
        contentType: contentType, bytes: try given(name).seal(bytes, as: delivery.key, name))
    }
  }

  private func given(_ name: ContentKeyName) throws(StoreError) -> ContentKeys {
    guard let keys else { throw .foreignContentKey(mapping: name.mapping) }
    return keys
  }

  // MARK: reading

  /// A message as it was accepted.
  func message(_ stored: NewMessage, keyDay: Int64?) throws(StoreError) -> NewMessage {
    guard let name = ContentKeyName(mapping: stored.mapping, day: keyDay) else { return stored }
    let body = try keys?.open(stored.body, ofMessage: stored.id, name)
    var message = NewMessage(
      id: stored.id, mapping: stored.mapping, senderKey: stored.senderKey, received: stored.received,
      contentType: stored.contentType, body: body ?? [])
    message.isLost = body == nil
    return message
  }

  /// A body as it was recorded under its delivery's key.
  func body(
    _ stored: DeliveryBody, as key: String, _ name: ContentKeyName?
  ) throws(StoreError) -> DeliveryBody {
    guard let name else { return stored }
    let bytes = try keys?.open(stored.bytes, as: key, name)
    var body = DeliveryBody(
      edition: stored.edition, contentType: stored.contentType, bytes: bytes ?? [], made: stored.made)
    body.isLost = bytes == nil
    return body
  }
}
