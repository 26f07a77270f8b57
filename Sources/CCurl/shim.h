#pragma once
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <netinet/in.h>
#include <stddef.h>
#include <sys/socket.h>

/* One function for each kind of argument, because Swift cannot call variadic functions. */
static inline CURLcode sluss_curl_set_long(CURL *easy, CURLoption option, long value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode sluss_curl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode sluss_curl_set_text(CURL *easy, CURLoption option, const char *value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode sluss_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode sluss_curl_set_pointer(CURL *easy, CURLoption option, void *value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLMcode sluss_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}

static inline CURLcode sluss_curl_get_long(CURL *easy, CURLINFO info, long *value) {
  return curl_easy_getinfo(easy, info, value);
}

static inline CURLcode sluss_curl_get_pointer(CURL *easy, CURLINFO info, void **value) {
  return curl_easy_getinfo(easy, info, value);
}

/* The functions that libcurl calls for one transfer. */
struct sluss_curl_callbacks {
  void *context;
  curl_write_callback header;
  curl_write_callback body;
  curl_read_callback read;
  curl_opensocket_callback open;
  curl_prereq_callback before;
};

static inline CURLcode sluss_curl_set_callbacks(CURL *easy, const struct sluss_curl_callbacks *c) {
  CURLcode code = CURLE_OK;
#define SLUSS_SET(option, value) if (code == CURLE_OK) code = curl_easy_setopt(easy, option, value)
  SLUSS_SET(CURLOPT_PRIVATE, c->context);
  SLUSS_SET(CURLOPT_HEADERDATA, c->context);
  SLUSS_SET(CURLOPT_HEADERFUNCTION, c->header);
  SLUSS_SET(CURLOPT_WRITEDATA, c->context);
  SLUSS_SET(CURLOPT_WRITEFUNCTION, c->body);
  SLUSS_SET(CURLOPT_READDATA, c->context);
  SLUSS_SET(CURLOPT_READFUNCTION, c->read);
  SLUSS_SET(CURLOPT_OPENSOCKETDATA, c->context);
  SLUSS_SET(CURLOPT_OPENSOCKETFUNCTION, c->open);
  SLUSS_SET(CURLOPT_PREREQDATA, c->context);
  SLUSS_SET(CURLOPT_PREREQFUNCTION, c->before);
#undef SLUSS_SET
  return code;
}

/* The result in a message of curl_multi_info_read. */
static inline CURLcode sluss_curl_result(const CURLMsg *message) {
  return message->data.result;
}

static inline curl_socket_t sluss_curl_open(const struct curl_sockaddr *address) {
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static inline curl_socket_t sluss_curl_no_socket(void) {
  return CURL_SOCKET_BAD;
}

/* The 4 or 16 bytes of an IP address in network order; NULL for any other kind of address. */
static inline const unsigned char *sluss_curl_ip(const struct curl_sockaddr *address, size_t *count) {
  if (address->family == AF_INET) {
    *count = 4;
    return (const unsigned char *)&((const struct sockaddr_in *)&address->addr)->sin_addr;
  }
  if (address->family == AF_INET6) {
    *count = 16;
    return (const unsigned char *)&((const struct sockaddr_in6 *)&address->addr)->sin6_addr;
  }
  return NULL;
}
