/// What a batch knows of a message that it records something of.
struct PostgreSQLKnown {
  let sequence: Int64
  /// Whether it waits for its translation.
  let waits: Bool
  /// What its content is encrypted with; nil for nothing.
  let contentKey: ContentKeyName?
}

extension PostgreSQLRows {
  /// A row of ``PostgreSQLMessageRows/sequences(of:)``; nil when there is no such message.
  func known(_ row: Int) -> PostgreSQLKnown? {
    optionalInteger(row, 0).map { sequence in
      PostgreSQLKnown(
        sequence: sequence, waits: flag(row, 1),
        contentKey: ContentKeyName(mapping: text(row, 3), day: optionalInteger(row, 2)))
    }
  }
}

/// How translations are recorded.
extension PostgreSQLWriter {
  /// Looks for all messages and checks everything before it writes.
  func record(
    _ translations: [TranslationRecord]
  ) throws(StoreError) -> PostgreSQLAnswer<[[DeliveryReceipt]?]> {
    let places = try find(translations.map(\.id))
    for (translation, place) in zip(translations, places) {
      // Its message was handed in, and not accepted.
      guard let place else { if translation.isFirst { continue } else { throw .unknownMessage } }
      guard translation.isFirst else { continue }
      guard translates, place.waits, !recording.has(place.sequence) else { throw .stale }
    }
    try check(zip(translations, places).filter { $1 != nil }.map(\.0))
    return try write(translations, places)
  }

  /// The questions of all share a round trip.
  func check(_ translations: [TranslationRecord]) throws(StoreError) {
    for translation in translations {
      try hub.foresee(translation.hub)
      try billing.foresee(translation.billing)
      try audit.foresee(translation.audit)
      try kept.foresee(translation.kept)
    }
    for translation in translations {
      try hub.check(translation.hub)
      try billing.check(translation.billing)
      try audit.check(translation.audit)
      try kept.check(translation.kept)
    }
  }

  /// In the order of the ids; nil for messages that are not there.
  func find(_ ids: [String]) throws(StoreError) -> [PostgreSQLKnown?] {
    let found = ids.compactMap { known[$0] }
    if found.count == ids.count { return found }
    let rows = try batch.ask(PostgreSQLMessageRows.sequences(of: ids), doing: "recording a translation")
    return rows.indices.map { rows.known($0) }
  }

  /// Writes what was checked.
  func write(
    _ translations: [TranslationRecord], _ places: [PostgreSQLKnown?]
  ) throws(StoreError) -> PostgreSQLAnswer<[[DeliveryReceipt]?]> {
    let receipts = places.map { $0.map { _ in PostgreSQLAnswer<[DeliveryReceipt]>(.success([])) } }
    for ((translation, place), receipts) in zip(zip(translations, places), receipts) {
      if let place, let receipts { try write(translation, of: place, into: receipts) }
    }
    return PostgreSQLAnswer { .success(receipts.map { $0.map { (try? $0.value.get()) ?? [] } }) }
  }

  private func write(
    _ translation: TranslationRecord, of place: PostgreSQLKnown,
    into receipts: PostgreSQLAnswer<[DeliveryReceipt]>
  ) throws(StoreError) {
    let sequence = place.sequence
    if recording.has(sequence) || recording.isFull { try writeRecording() }
    if translation.state == .rejected {
      try batch.post(gateway.record(translation))
    } else {
      recording.add(translation, of: sequence)
    }
    try hub.apply(translation.hub, ofMessage: sequence)
    try billing.apply(translation.billing)
    try kept.apply(translation.kept)
    for delivery in translation.deliveries {
      recording.add(
        .init(
          message: sequence, deliveryClass: try classes.number(of: delivery, in: batch),
          delivery: try cipher.stored(delivery, of: place.contentKey),
          hear: { receipt in receipts.value = receipts.value.map { $0 + [receipt] } }))
    }
    try audit.append(translation.audit)
    try kept.mark(translation.marks)
  }

  /// Writes what was gathered.
  func writeRecording() throws(StoreError) {
    let gathered = recording
    recording = PostgreSQLRecording()
    if let call = gathered.outcomeCall { try batch.post(call) }
    guard let call = gathered.additionCall else { return }
    try batch.post(call) { [self] rows in
      gathered.tell(rows) { addition in
        let state = addition.delivery.fault == nil ? DeliveryState.waiting : .dead
        tally.move(addition.deliveryClass, from: nil, to: state.code)
        woken.insert(addition.delivery.target)
      }
    }
  }
}
