/// Everything that a gateway keeps, in one store: what a message causes is one commit.
public typealias WholeStore = MessageStore & DeliveryStore & HubStore & BillingStore & AuditStore
  & RetentionStore & KeptStore
