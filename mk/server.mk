# server.mk - the project's private server (pk-server), for when localDbUrl is empty. The URL is
# that of the local database, so that `psql $(make server-url)` shows what PostKit works on.

.PHONY: server-start server-stop server-status server-url
server-start: $(TOOLS)/pk-server $(TOOLS)/pk-stamp $(TOOLS)/pk-database | $(setup.server) ## start the project's private PostgreSQL, print the local database's URL
	@POSTKIT_LOCAL_URL=$$($(TOOLS)/pk-server --database postkit start) && export POSTKIT_LOCAL_URL && \
		{ $(TOOLS)/pk-stamp env:POSTKIT_LOCAL_URL >/dev/null 2>&1 || $(TOOLS)/pk-database create env:POSTKIT_LOCAL_URL; } && \
		printf '%s\n' "$$POSTKIT_LOCAL_URL"

server-stop: $(TOOLS)/pk-server ## stop it
	@$(TOOLS)/pk-server stop

server-status: $(TOOLS)/pk-server ## whether it runs
	@$(TOOLS)/pk-server status

server-url: $(TOOLS)/pk-server ## the local database's URL
	@$(TOOLS)/pk-server --database postkit url
