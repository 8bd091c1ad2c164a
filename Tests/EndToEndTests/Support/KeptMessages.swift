import Collection

/// Keeps messages instead of sending them.
actor KeptMessages: MessageSender {
    private(set) var sent: [ComposedMessage] = []

    func send(_ message: ComposedMessage) async -> MessageAnswer {
        sent.append(message)
        return .sent
    }
}
