import Values

/// Whether an installation is for development: its address is this machine, so that nobody else uses it.
public enum Development {
    public static func isMeant(byPublicURL url: String) -> Bool { WebAddress(url)?.isLoopback ?? false }
}
