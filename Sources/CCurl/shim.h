#pragma once
#define CURL_DISABLE_TYPECHECK 1
#include <curl/curl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

// Swift cannot call functions with a variable number of arguments.

static inline CURLcode khop_curl_set_number(CURL *curl, CURLoption option, long value) {
    return curl_easy_setopt(curl, option, value);
}

static inline CURLcode khop_curl_set_text(CURL *curl, CURLoption option, const char *value) {
    return curl_easy_setopt(curl, option, value);
}

static inline CURLcode khop_curl_set_pointer(CURL *curl, CURLoption option, void *value) {
    return curl_easy_setopt(curl, option, value);
}

static inline CURLcode khop_curl_set_headers(CURL *curl, struct curl_slist *value) {
    return curl_easy_setopt(curl, CURLOPT_HTTPHEADER, value);
}

static inline CURLcode khop_curl_set_write(CURL *curl, curl_write_callback value) {
    return curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, value);
}

static inline CURLcode khop_curl_set_list(CURL *curl, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(curl, option, value);
}

static inline CURLcode khop_curl_set_read(CURL *curl, curl_read_callback value) {
    return curl_easy_setopt(curl, CURLOPT_READFUNCTION, value);
}

/// How many bytes of requests were sent.
static inline long khop_curl_sent(CURL *curl) {
    long sent = 0;
    curl_easy_getinfo(curl, CURLINFO_REQUEST_SIZE, &sent);
    return sent;
}

static inline CURLcode khop_curl_set_open_socket(CURL *curl, curl_opensocket_callback value) {
    return curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, value);
}

static inline long khop_curl_status(CURL *curl) {
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

/// Whether what a server showed was refused because it, or one that signed it, has expired: X509_V_ERR_CERT_HAS_EXPIRED.
static inline int khop_curl_certificate_expired(CURL *curl) {
    long result = 0;
    curl_easy_getinfo(curl, CURLINFO_SSL_VERIFYRESULT, &result);
    return result == 10;
}

static inline void *khop_curl_private(CURL *curl) {
    char *value = 0;
    curl_easy_getinfo(curl, CURLINFO_PRIVATE, &value);
    return value;
}

static inline CURLcode khop_curl_result(CURLMsg *message) { return message->data.result; }

/// Writes the address that a socket is wanted for, as on the network; returns its length: 4, 16, or 0 for another family.
static inline int khop_curl_address(const struct curl_sockaddr *wanted, unsigned char *into) {
    if (wanted->family == AF_INET) {
        memcpy(into, &((const struct sockaddr_in *)&wanted->addr)->sin_addr, 4);
        return 4;
    }
    if (wanted->family == AF_INET6) {
        memcpy(into, &((const struct sockaddr_in6 *)&wanted->addr)->sin6_addr, 16);
        return 16;
    }
    return 0;
}

static inline curl_socket_t khop_curl_socket(const struct curl_sockaddr *wanted) {
    return socket(wanted->family, wanted->socktype | SOCK_CLOEXEC, wanted->protocol);
}
