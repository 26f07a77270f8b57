#pragma once
#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

/* What sluss_mhd_start needs; it exists because Swift cannot call variadic functions. */
struct sluss_mhd_options {
  const struct sockaddr *address;
  unsigned int threads;
  unsigned int connections;
  unsigned int connections_per_ip;
  unsigned int idle_seconds;
  size_t connection_memory;
  /* GnuTLS's priorities, or NULL for no TLS. */
  const char *tls_priorities;
  void *context;
  MHD_AccessHandlerCallback handle;
  MHD_RequestCompletedCallback completed;
  MHD_NotifyConnectionCallback connection;
  void *(*request_line)(void *context, const char *uri, struct MHD_Connection *connection);
};

/* A certificate callback that has none: each session gets its credentials from outside before its handshake
   begins, and one that did not get any must fail. GnuTLS's types are not known here. */
static inline int sluss_mhd_no_certificate(
    void *session, const void *authorities, int authority_count, const void *algorithms, int algorithm_count,
    void **certificates, unsigned int *certificate_count, void **key) {
  (void)session; (void)authorities; (void)authority_count; (void)algorithms; (void)algorithm_count;
  (void)certificates; (void)certificate_count; (void)key;
  return -1;
}

/* Poll, not epoll: with some 256 connections on one thread, which a busy core brings about even in a pool,
   epoll of 0.9.75 falls asleep on requests that are there, until the idle deadline closes them. */
static inline struct MHD_Daemon *sluss_mhd_start(const struct sluss_mhd_options *o) {
  unsigned int flags = MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
  if (o->address->sa_family == AF_INET6) flags |= MHD_USE_IPv6;
  if (o->tls_priorities) flags |= MHD_USE_TLS;
  struct MHD_OptionItem tls[] = {
      {MHD_OPTION_HTTPS_CERT_CALLBACK, 0, (void *)sluss_mhd_no_certificate},
      {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)o->tls_priorities},
      {MHD_OPTION_END, 0, NULL}};
  return MHD_start_daemon(
      flags, 0, NULL, NULL, o->handle, o->context,
      MHD_OPTION_SOCK_ADDR, o->address,
      MHD_OPTION_THREAD_POOL_SIZE, o->threads,
      MHD_OPTION_CONNECTION_LIMIT, o->connections,
      MHD_OPTION_PER_IP_CONNECTION_LIMIT, o->connections_per_ip,
      MHD_OPTION_CONNECTION_TIMEOUT, o->idle_seconds,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, o->connection_memory,
      MHD_OPTION_STRICT_FOR_CLIENT, 1,
      MHD_OPTION_LISTEN_BACKLOG_SIZE, 1024u,
      MHD_OPTION_NOTIFY_COMPLETED, o->completed, o->context,
      MHD_OPTION_NOTIFY_CONNECTION, o->connection, o->context,
      MHD_OPTION_URI_LOG_CALLBACK, o->request_line, o->context,
      MHD_OPTION_ARRAY, o->tls_priorities ? tls : tls + 2,
      MHD_OPTION_END);
}

static inline uint16_t sluss_mhd_port(struct MHD_Daemon *daemon) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
  return info ? info->port : 0;
}

static inline int sluss_mhd_socket(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? info->connect_fd : -1;
}

/* The connection's gnutls_session_t, or NULL without TLS. */
static inline void *sluss_mhd_tls_session(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
  return info ? info->tls_session : NULL;
}

/* Writes the peer's numeric address, of at most 46 bytes with the zero; an IPv4 address that came over an IPv6
   socket is written as IPv4. 0 when there is none. */
static inline int sluss_mhd_peer_address(struct MHD_Connection *connection, char *text, socklen_t size) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  if (!info || !info->client_addr) return 0;
  if (info->client_addr->sa_family == AF_INET)
    return inet_ntop(AF_INET, &((const struct sockaddr_in *)info->client_addr)->sin_addr, text, size) != NULL;
  if (info->client_addr->sa_family != AF_INET6) return 0;
  const struct in6_addr *address = &((const struct sockaddr_in6 *)info->client_addr)->sin6_addr;
  if (IN6_IS_ADDR_V4MAPPED(address)) return inet_ntop(AF_INET, address->s6_addr + 12, text, size) != NULL;
  return inet_ntop(AF_INET6, address, text, size) != NULL;
}

static inline void *sluss_mhd_socket_context(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info ? info->socket_context : NULL;
}

/* Bytes that the peer has sent so far, or 0 when the kernel does not say. The C library's tcp_info
   ends before tcpi_bytes_received, which the kernel has kept at this offset since Linux 4.1. */
static inline uint64_t sluss_tcp_bytes_received(int socket) {
  enum { BYTES_RECEIVED = 128 };
  unsigned char info[256] = {0};
  uint64_t bytes = 0;
  socklen_t length = sizeof info;
  if (getsockopt(socket, IPPROTO_TCP, TCP_INFO, info, &length) == 0 && length >= BYTES_RECEIVED + sizeof bytes)
    memcpy(&bytes, info + BYTES_RECEIVED, sizeof bytes);
  return bytes;
}

/* Bytes from the method to the end of the empty line after the header. */
static inline size_t sluss_mhd_header_size(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  return info ? info->header_size : 0;
}

static inline ssize_t sluss_receive_now(int socket, void *buffer, size_t size) {
  return recv(socket, buffer, size, MSG_DONTWAIT);
}

static inline ssize_t sluss_send_now(int socket, const void *bytes, size_t size) {
  return send(socket, bytes, size, MSG_DONTWAIT | MSG_NOSIGNAL);
}
