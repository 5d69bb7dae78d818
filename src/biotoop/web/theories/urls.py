"""Addresses of this app."""

from django.urls import path

from biotoop.web.theories.views import drafts, drawn, files, making, publishing, reading, talking

app_name = "theories"
ONE = "redeneerlijnen/<uuid:pk>/"
urlpatterns = [
    path("redeneerlijnen/", reading.listed, name="list"),
    path("redeneerlijnen/nieuw/<uuid:programme>/", making.make, name="make"),
    path("redeneerlijnen/inlezen/<uuid:programme>/", making.read_in, name="read_in"),
    path(ONE, reading.read, name="read"),
    path(f"{ONE}versie/<int:number>/", reading.version, name="version"),
    path(f"{ONE}versies/", reading.versions, name="versions"),
    path(f"{ONE}verschil/", reading.changes, name="changes"),
    path(f"{ONE}stappen/<uuid:link>/", reading.step, name="step"),
    path(f"{ONE}tekenen/", drawn.draw, name="draw"),
    path(f"{ONE}tekenbord/", drawn.board, name="board"),
    path(f"{ONE}schrijven/", drafts.edit, name="edit"),
    path(f"{ONE}knoop/nieuw/", drafts.node, name="node_new"),
    path(f"{ONE}knoop/<uuid:node>/", drafts.node, name="node"),
    path(f"{ONE}knoop/<uuid:node>/verplaats/", drafts.move, name="move"),
    path(f"{ONE}stap/nieuw/", drafts.link, name="link_new"),
    path(f"{ONE}stap/<uuid:link>/", drafts.link, name="link"),
    path(f"{ONE}deel/<uuid:part>/weg/", drafts.drop, name="drop"),
    path(f"{ONE}terug/", drafts.undo, name="undo"),
    path(f"{ONE}canvas/", drafts.canvas, name="canvas"),
    path(f"{ONE}plakken/", making.paste, name="paste"),
    path(f"{ONE}instellingen/", making.settings, name="settings"),
    path(f"{ONE}inlezen/", making.read_into, name="read_into"),
    path(f"{ONE}variant/", making.variant, name="variant"),
    path(f"{ONE}archief/", making.archive, name="archive"),
    path(f"{ONE}publiceren/", publishing.review, name="review"),
    path(f"{ONE}publiceren/vragen/", publishing.ask, name="ask"),
    path(f"{ONE}publiceren/oordeel/", publishing.decide, name="decide"),
    path(f"{ONE}publiceren/nu/", publishing.publish, name="publish"),
    path(f"{ONE}opmerkingen/", talking.comments, name="comments"),
    path(f"{ONE}opmerkingen/<uuid:comment>/klaar/", talking.resolve, name="resolve"),
    path(f"{ONE}beleidsdoelen/", talking.goals, name="goals"),
    path(f"{ONE}beleidsdoelen/<uuid:goal_link>/weg/", talking.leave_goal, name="leave_goal"),
    path(f"{ONE}tekening.svg", files.svg, name="svg"),
    path(f"{ONE}tekening.png", files.png, name="png"),
    path(f"{ONE}studiemap.zip", files.folder, name="folder"),
    path(f"{ONE}cids.jsonld", files.linked_data, name="linked_data"),
    path(f"{ONE}a3/", files.sheet, name="sheet"),
    path(f"{ONE}kaarten/", files.cards, name="cards"),
]
