protocol ScopedRule: Sendable { var scope: Scope { get } }
