import Dispatch
import HTTP
import Store

/// `POST /replay`: translates a page of stored messages again, oldest first, and delivers what that changes;
/// only counts unless the query says `dry-run=false`.
struct ReplayEndpoint: Sendable {
  let translation: MessageTranslation
  let store: any MessageStore & DeliveryStore
  let outbox: Outbox
  private static let mostTries = 8
  /// One replay at a time; requests don't wait for it.
  private let queue = DispatchQueue(label: "sluss-replay")

  init(_ translation: MessageTranslation, _ store: any MessageStore & DeliveryStore, _ outbox: Outbox) {
    self.translation = translation
    self.store = store
    self.outbox = outbox
  }

  func answer(_ request: HTTPRequest, from caller: Caller, _ reply: HTTPReply) {
    do throws(QueryError) {
      let wish = try ReplayWish(request)
      queue.async {
        do throws(StoreError) {
          reply.send(try answer(wish, caller))
        } catch {
          reply.send(.problem(500, "the store failed; nothing of this page is half-done, replay it again"))
        }
      }
    } catch {
      reply.send(.problem(400, error.text))
    }
  }

  private func answer(_ wish: ReplayWish, _ caller: Caller) throws(StoreError) -> HTTPResponse {
    let page = try store.messages(matching: wish.query, .oldestFirst, after: wish.cursor, limit: wish.limit)
    let replay = Replay(wish: wish, translation: translation, store: store)
    var count = ReplayCount()
    for message in page.messages where caller.may(.rerun, on: message.mapping) {
      count = count + (try take(message.id, replay))
    }
    var object = count.json
    object.add("dryRun", json: wish.isDryRun ? "true" : nil)
    object.add("next", page.next.map(String.init))
    return .json(200, object.text)
  }

  /// Each message by itself, so that the next knows what it has changed; anew when somebody else was faster.
  private func take(_ id: String, _ replay: Replay) throws(StoreError) -> ReplayCount {
    for _ in 0..<Self.mostTries {
      let plan = try replay.plan(id)
      do throws(StoreError) {
        if !replay.wish.isDryRun { try carryOut(plan) }
        return plan.count
      } catch .stale {
        continue
      } catch .staleAuditKey {
        translation.renewKeys()
      }
    }
    throw .stale
  }

  private func carryOut(_ plan: Replay.Plan) throws(StoreError) {
    if let record = plan.record { _ = try settled { store.record([record], completion: $0) } }
    for edit in plan.edits {
      let body = DeliveryIntervention.replaceBody(contentType: edit.new.contentType, bytes: edit.new.body)
      try intervene(body, on: edit.delivery)
      if edit.delivery.state == .dead { try intervene(.retry, on: edit.delivery) }
    }
    outbox.wake((plan.record?.deliveries.map(\.target) ?? []) + plan.edits.map(\.new.target))
  }

  /// One that is being sent right now stays as it is; the next replay finds it again.
  private func intervene(_ what: DeliveryIntervention, on delivery: StoredDelivery) throws(StoreError) {
    _ = try settled { store.intervene(what, on: delivery.number, time: Timestamp.now(), completion: $0) }
  }
}
