"""Is the server alive, and is it ready? For the machine that watches over it."""

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from biotoop.web.shared.queries import living_workers


@require_safe
def live(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer, without asking the database anything."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Tell of each part whether it works; 503 when one does not."""
    parts = {
        "database": False,
        "migrations": False,
        "worker": False,
        "data": settings.DATA.is_dir(),
    }
    try:
        plan = MigrationExecutor(connection)
        parts["database"] = True
        parts["migrations"] = not plan.migration_plan(plan.loader.graph.leaf_nodes())
        parts["worker"] = living_workers(now()).exists()
    except (DatabaseError, InterfaceError):
        pass
    is_ready = all(parts.values())
    return JsonResponse({"ready": is_ready, **parts}, status=200 if is_ready else 503)
