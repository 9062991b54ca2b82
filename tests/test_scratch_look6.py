import os, uuid, datetime as dt
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import sync_playwright
from axe_playwright_python.sync_playwright import Axe
from tests.browser.conftest import *  # noqa
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]="1"
from sadzonka.practices.models import Practice, Interest
from sadzonka.organisations.models import Organisation
from sadzonka.practices.ideas.actions import *
from sadzonka.conversations.actions import *
from sadzonka.conversations.hosts.actions import ask, send_question, answer_question
from sadzonka.outbox.models import Link
from sadzonka.outbox.links import address_of
from tests import factories

def test_look(world, ewa, live_server, signed_in):
    p=Practice.objects.get(slug="bicycles-from-prison"); cad=Organisation.objects.get(slug="cadiai")
    ch=factories.municipality()
    i=write_idea(nonce=uuid.uuid4(),author=world.marek,language="en",title="Bicycles for the forest",need="Foresters walk for hours and nobody lends them anything.",solution="Renovated bicycles, lent by the municipality.",first_step="Ask the prison how many it renovates.",municipality=ch,seen_at=cad)
    i2=write_idea(nonce=uuid.uuid4(),author=world.neighbour,language="pl",title="Rowery dla leśników",need="Leśnicy chodzą godzinami.",solution="Odnowione rowery.",first_step="Zapytać.")
    turn_into_practice(idea=i2,by=ewa,revision=1,practice=p)
    declare_interest(subject=p,person=world.marek,municipality=ch,note="A prison nearby"); declare_interest(subject=i,person=world.marek,municipality=ch)
    w=lambda t:{"nonce":uuid.uuid4(),"language":"en","text":t}
    m=say_under_theme(subject=p,theme="local-government",author=world.marek,**w("The municipality lends the workshop for nothing.\n\nThat is all it does, they say, and it is enough."))
    m2=say_under_theme(subject=p,theme="local-government",author=world.neighbour,**w("Buy bicycles!"))
    hide_message(message=m2,by=ewa,reason="An advertisement")
    t=start_thread(subject=p,title="Where do spare parts come from?",author=world.neighbour,**w("Does the prison buy them?")).thread
    start_thread(subject=world.visit,title="Buses",author=world.neighbour,**w("How long is the ride?"))
    p.run_by=cad; p.save()
    q=ask(nonce=uuid.uuid4(),subject=p,host=cad,asked_by=world.marek,language="en",text="Who pays for the spare parts?")
    q2=ask(nonce=uuid.uuid4(),subject=p,host=cad,asked_by=world.neighbour,language="en",text="How many bicycles a year?")
    send_question(question=q,by=ewa,seen_state="asked",nonce=uuid.uuid4(),recipient="c@example.org",subject="x",body="y",language="it")
    link=Link.objects.get(purpose="question")
    link_page=address_of(link).removeprefix(settings.BASE_ADDRESS)
    answer_question(question=q,seen_at=None,text="Il comune paga la metà, la cooperativa l'altra metà.",language="it",answered_by="Chiara",may_be_published=True)
    def cookie(person):
        c=Client() if person is None else signed_in(person)
        return c.cookies["sessionid"].value if person else None
    pages=[(None,"/en/practices/bicycles-from-prison/exchange/"),(world.marek,"/en/practices/bicycles-from-prison/exchange/"),(ewa,"/en/practices/bicycles-from-prison/exchange/"),
    (world.marek,"/en/practices/bicycles-from-prison/exchange/ask/"),(None,"/en/exchange/"),(None,"/en/ideas/"),(None,f"/en/ideas/{i.pk}/"),(ewa,f"/en/ideas/{i.pk}/"),(world.marek,"/en/ideas/new/"),
    (world.marek,"/en/practices/bicycles-from-prison/interest/"),(ewa,"/en/practices/bicycles-from-prison/interest/"),(ewa,"/en/desk/questions/"),(ewa,f"/en/desk/questions/{q2.pk}/"),(None,link_page),(ewa,f"/en/exchange/messages/{m2.pk}/"),(ewa,f"/en/ideas/{i.pk}/hide/"),(ewa,f"/en/ideas/{i.pk}/practice/"),
    (None,"/en/practices/bicycles-from-prison/"),(None,"/en/municipalities/PL/300101/"),(None,"/en/visits/under-way/"),(None,"/en/organisations/cadiai/"),(ewa,f"/en/exchange/threads/{t.pk}/")]
    cookies={x:cookie(x) for x in (None,world.marek,ewa)}
    out=[]
    with sync_playwright() as pw:
        b=pw.chromium.launch(executable_path=os.popen("which chromium").read().strip(),args=["--no-sandbox"])
        for n,(who,path) in enumerate(pages):
            for width in (1280,360):
                ctx=b.new_context(viewport={"width":width,"height":900},color_scheme="light" if width==1280 else "dark")
                if who: ctx.add_cookies([{"name":"sessionid","value":cookies[who],"url":live_server.url}])
                pg=ctx.new_page(); r=pg.goto(live_server.url+path)
                pg.screenshot(path=f"/tmp/look6/{n:02d}-{width}.png",full_page=True)
                ax=Axe().run(pg)
                over=pg.evaluate("document.documentElement.scrollWidth - innerWidth")
                out.append((n,width,path,r.status,over,[ (v["id"],v["nodes"][0]["html"][:150]) for v in ax.response["violations"]]))
                ctx.close()
    for o in out:
        if o[3]!=200 or o[4]>0 or o[5]: print(o)
