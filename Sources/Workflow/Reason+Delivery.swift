public import Values

/// Why an event was not delivered, or its endpoint is sent nothing. Nothing that an endpoint said is in it.
extension Reason {
    public static func endpointAnswered(_ name: String, status: Int) -> Reason {
        Reason(.endpointAnswered, [.name: .text(name), .status: .count(Int64(status))])
    }

    /// It answered 410.
    public static func endpointGone(_ name: String) -> Reason { Reason(.endpointGone, [.name: .text(name)]) }

    public static func endpointSilent(_ name: String, seconds: Int64) -> Reason {
        Reason(.endpointSilent, [.name: .text(name), .seconds: .count(seconds)])
    }

    public static func endpointUnreachable(_ name: String) -> Reason {
        Reason(.endpointUnreachable, [.name: .text(name)])
    }

    /// The certificate that its server shows has ended.
    public static func endpointCertificateExpired(_ name: String) -> Reason {
        Reason(.endpointCertificateExpired, [.name: .text(name)])
    }

    /// Its address leads into a network that events may not be sent to.
    public static func endpointNotAllowed(_ name: String) -> Reason {
        Reason(.endpointNotAllowed, [.name: .text(name)])
    }

    public static func endpointSecretUnreadable(_ name: String) -> Reason {
        Reason(.endpointSecretUnreadable, [.name: .text(name)])
    }

    /// - Parameters:
    ///   - count: how many attempts failed, one after the other.
    ///   - at: when the first of them did.
    public static func endpointFailing(_ name: String, count: Int, at: Instant) -> Reason {
        Reason(.endpointFailing, [.name: .text(name), .count: .count(Int64(count)), .at: .instant(at)])
    }

    /// For events that are given up.
    public static func endpointDisabled(_ name: String) -> Reason { Reason(.endpointDisabled, [.name: .text(name)]) }

    /// - Parameter note: why, in the words of whoever did it.
    public static func endpointDisabledByHand(_ name: String, note: String) -> Reason {
        Reason(.endpointDisabledByHand, [.name: .text(name), .note: .text(note)])
    }
}
