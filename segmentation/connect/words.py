"""What is told of hosts that may not be asked."""

NOT_NAMED = "this server may not ask “{host}”."
ADD_HOST = "Who runs it can add the host to hosts in the section [connect] of its secrets."
NOT_PUBLIC = "“{host}” leads to an address that is not public."
ADD_ADDRESS = (
    "Who runs the server can add that address, or its network, to hosts in [connect] of its secrets."
)
NO_SUCH_HOST = "there is no host “{host}”."
HOW = 'Write hosts = ["db.shop.example", "*.myshopify.com", "10.0.0.0/24"].'
OWN_FILES = "files and rights of the server's own are lent to nobody."
HOST_ITSELF = "Write an address with the name of a host, without host and sslrootcert."
